import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CoreFeature } from '../core';
import type { SavedDashboard } from '../../webview/dashboard/protocol';
import { webviewOptions } from '../panels/webviewHtml';
import { parseSavedDashboard } from './dashboardMessages';
import { DASHBOARD_VIEW, DashboardPanel } from './dashboardPanel';

/** The dashboard, at most one of it, and its restoring after a restart. */
export const dashboardFeature: CoreFeature = (core) => {
  let open: DashboardPanel | undefined;
  const options = webviewOptions(core.context.extensionUri);
  const show = (panel: vscode.WebviewPanel, saved: SavedDashboard): void => {
    const dashboard = new DashboardPanel(panel, core, saved);
    open = dashboard;
    dashboard.onDidDispose(() => {
      if (open === dashboard) {
        open = undefined;
      }
    });
  };
  core.registerCommand('openwebuiSync.openDashboard', () => {
    if (open === undefined) {
      show(
        vscode.window.createWebviewPanel(
          DASHBOARD_VIEW,
          l10n.t('Dashboard'),
          vscode.ViewColumn.Active,
          options,
        ),
        {},
      );
    } else {
      open.reveal();
    }
  });
  return vscode.Disposable.from(
    { dispose: () => open?.dispose() },
    vscode.window.registerWebviewPanelSerializer(DASHBOARD_VIEW, {
      deserializeWebviewPanel: (panel: vscode.WebviewPanel, state: unknown) => {
        panel.webview.options = options;
        show(panel, parseSavedDashboard(state));
        return Promise.resolve();
      },
    }),
  );
};
