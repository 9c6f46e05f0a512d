import * as l10n from '@vscode/l10n';
import { randomBytes } from 'node:crypto';
import type * as vscode from 'vscode';
import { escapeHtml } from '../../reports/export/html';
import { Disposables } from '../disposables';
import { pageHtml } from '../panels/pageHtml';
import type { DataSources } from '../sources/dataSources';

/**
 * Says in a tab that what it showed went with the demo, and how to get it back. What the page kept of its state stays kept.
 * @param onBack called once there is a demo again; the page is the caller's then
 */
export function showDemoGone(panel: vscode.WebviewPanel, sources: DataSources, onBack: () => void): void {
  const owned = new Disposables();
  const { options } = panel.webview;
  panel.title = l10n.t('Demo');
  panel.webview.options = { enableCommandUris: ['openwebuiSync.addDemo'] };
  panel.webview.html = pageHtml({
    title: l10n.t('Demo'),
    nonce: randomBytes(18).toString('base64'),
    cspSource: panel.webview.cspSource,
    scripts: [],
    styles: [],
    body: `<main>
<p>${escapeHtml(l10n.t('The demo data was removed. Add it again to look at this.'))}</p>
<p><a href="command:openwebuiSync.addDemo">${escapeHtml(l10n.t('Add Demo Data'))}</a></p>
</main>`,
  });
  owned.add(panel.onDidDispose(() => owned.dispose()));
  owned.add(
    sources.onDidChange(() => {
      if (sources.demo !== undefined) {
        owned.dispose();
        panel.webview.options = options;
        onBack();
      }
    }),
  );
}
