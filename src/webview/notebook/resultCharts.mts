import * as l10n from '@vscode/l10n';
import type { ChartApi } from '../results/chart/chartApi';

let loading: Promise<ChartApi> | undefined;

/** Loads what draws charts, once: the script that the result view uses, too. @throws Error when it cannot be loaded; the next call tries again */
export function loadCharts(): Promise<ChartApi> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined;
    throw new Error(l10n.t('The part that draws charts cannot be loaded.'), { cause: error });
  });
  return loading;
}

async function load(): Promise<ChartApi> {
  await import(new URL('resultsChart.js', import.meta.url).href);
  if (window.openwebuiSyncCharts === undefined) {
    throw new Error('No charts in resultsChart.js');
  }
  return window.openwebuiSyncCharts;
}
