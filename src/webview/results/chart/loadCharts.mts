import * as l10n from '@vscode/l10n';
import type { ChartApi } from './chartApi';

/** Where this page's scripts lie; known only while one of them runs for the first time. */
const home = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : undefined;

let loading: Promise<ChartApi> | undefined;

/** Loads what draws charts, once. @throws Error when it cannot be loaded; the next call tries again */
export function loadCharts(): Promise<ChartApi> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

function load(): Promise<ChartApi> {
  return new Promise((resolve, reject) => {
    const fail = (): void => reject(new Error(l10n.t('The part that draws charts cannot be loaded.')));
    const script = document.createElement('script');
    // The page's policy lets run what carries its nonce.
    script.nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.content ?? '';
    script.src = new URL('resultsChart.js', home).href;
    script.addEventListener('load', () => {
      const { openwebuiSyncCharts: charts } = window;
      if (charts === undefined) {
        fail();
      } else {
        resolve(charts);
      }
    });
    script.addEventListener('error', fail);
    document.head.append(script);
  });
}
