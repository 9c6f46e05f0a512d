import * as vscode from 'vscode';
import { REPORTS } from '../../../reports/catalogue';
import type { Core } from '../../core';
import type { OwnReportList } from '../../ownReports/ownReportList';
import { SourceChanges } from '../sourceChanges';
import { registerReportCommands, type ReportPlaces } from './reportCommands';
import { reportsTree } from './reportNodes';

export const REPORTS_VIEW = 'openwebuiSync.reports';

/** The dashboard, the product's reports, saved settings and reports of one's own; nothing while there are no data. */
export function showReportsView(
  core: Core,
  places: ReportPlaces & { readonly own: OwnReportList },
): vscode.Disposable {
  const { own, saved } = places;
  const changed = new vscode.EventEmitter<void>();
  const sources = new SourceChanges(core.sources);
  core.trees.add(REPORTS_VIEW, {
    onDidChange: changed.event,
    roots: () =>
      core.sources.current.mirror.status.generation === 0
        ? []
        : reportsTree({ catalogue: REPORTS, saved: saved.list(), own: own.list() }),
  });
  registerReportCommands(core, places);
  const fire = (): void => changed.fire();
  return vscode.Disposable.from(
    changed,
    sources,
    sources.onDidChange(fire),
    own.onDidChange(fire),
    saved.onDidChange(fire),
  );
}
