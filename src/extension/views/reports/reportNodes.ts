import * as l10n from '@vscode/l10n';
import { basename } from 'node:path';
import type { LoadedReport } from '../../../reports/own/loadOwnReports';
import { OWN_REPORT_SUFFIX } from '../../../reports/own/ownReportFile';
import type { ReportSettings } from '../../../reports/reportSettings';
import { escapeMarkdown } from '../../../sync/words';
import type { TreeNode } from '../tree/treeNode';

/** What the view needs to know of a report. */
export interface ListedReport {
  readonly id: string;
  readonly title: string;
  readonly description: string;
}

/** Everything that the reports view shows, as plain data. */
export interface ReportsView {
  readonly catalogue: readonly ListedReport[];
  readonly saved: readonly { readonly name: string; readonly settings: ReportSettings }[];
  readonly own: readonly LoadedReport[];
}

/** What a line stands for. */
export type ReportTarget =
  | { readonly kind: 'dashboard' }
  | { readonly kind: 'report'; readonly reportId: string }
  | { readonly kind: 'saved'; readonly name: string }
  /** A file of somebody's own that is no report yet. */
  | { readonly kind: 'broken' };

export interface ReportNode extends TreeNode {
  readonly target: ReportTarget;
  /** The file of a report of one's own. */
  readonly file?: string | undefined;
}

export function isReportNode(node: TreeNode): node is ReportNode {
  return 'target' in node;
}

const open = () => ({ command: 'openwebuiSync.openListedReport', title: l10n.t('Open Report') }) as const;

/** The dashboard, the reports of the product, saved settings and reports of one's own. */
export function reportsTree({ catalogue, saved, own }: ReportsView): readonly TreeNode[] {
  const titles = new Map(titlesOf(catalogue, own));
  return [
    {
      id: 'dashboard',
      label: l10n.t('Dashboard'),
      icon: { id: 'dashboard' },
      contextValue: 'type=dashboard',
      click: open(),
      target: { kind: 'dashboard' },
      children: [],
    } satisfies ReportNode,
    ...catalogue.map(catalogueNode),
    ...groupNode(
      'saved',
      l10n.t('Saved Reports'),
      saved.map((report) => savedNode(report, titles.get(report.settings.reportId))),
    ),
    ...groupNode('own', l10n.t('My Reports'), own.map(ownNode)),
  ];
}

function titlesOf(
  catalogue: readonly ListedReport[],
  own: readonly LoadedReport[],
): readonly (readonly [string, string])[] {
  const mine = own.flatMap((report) => ('definition' in report ? [report.definition] : []));
  return [...catalogue, ...mine].map(({ id, title }) => [id, title] as const);
}

/** A group that holds nothing is not shown. */
function groupNode(group: string, label: string, children: readonly ReportNode[]): readonly TreeNode[] {
  return children.length === 0
    ? []
    : [
        {
          id: `group:${group}`,
          label,
          icon: { id: 'folder' },
          contextValue: `type=group,group=${group}`,
          isOpen: true,
          children,
        },
      ];
}

function catalogueNode({ id, title, description }: ListedReport): ReportNode {
  return {
    id: `report:${id}`,
    label: title,
    tooltip: `**${escapeMarkdown(title)}**\n\n${escapeMarkdown(description)}`,
    icon: { id: 'graph' },
    contextValue: 'type=report,place=catalogue',
    click: open(),
    target: { kind: 'report', reportId: id },
    children: [],
  };
}

function savedNode(
  { name, settings }: ReportsView['saved'][number],
  reportTitle: string | undefined,
): ReportNode {
  const words = [
    reportTitle ?? l10n.t('its report is gone'),
    ...(settings.source === 'demo' ? [l10n.t('demo')] : []),
  ];
  return {
    id: `saved:${name}`,
    label: name,
    description: words.join(' · '),
    icon: { id: 'bookmark' },
    contextValue: 'type=report,place=saved',
    click: open(),
    target: { kind: 'saved', name },
    children: [],
  };
}

function ownNode(report: LoadedReport): ReportNode {
  const { file } = report;
  const name = basename(file, OWN_REPORT_SUFFIX);
  return 'definition' in report
    ? {
        id: `own:${file}`,
        label: report.definition.title,
        description: name,
        tooltip: `**${escapeMarkdown(report.definition.title)}**\n\n${escapeMarkdown(report.definition.description)}\n\n${escapeMarkdown(file)}`,
        icon: { id: 'graph-line' },
        contextValue: 'type=report,place=own,file=own',
        click: open(),
        target: { kind: 'report', reportId: report.definition.id },
        file,
        children: [],
      }
    : {
        id: `own:${file}`,
        label: name,
        description: report.failure,
        tooltip: `${escapeMarkdown(report.failure)}\n\n${escapeMarkdown(file)}`,
        icon: { id: 'error', color: 'list.errorForeground' },
        contextValue: 'type=broken,file=own',
        spoken: l10n.t('{0}, failed, {1}', name, report.failure),
        click: { command: 'openwebuiSync.editReport', title: l10n.t('Edit Report') },
        target: { kind: 'broken' },
        file,
        children: [],
      };
}
