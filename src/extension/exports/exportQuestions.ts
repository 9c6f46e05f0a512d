import * as l10n from '@vscode/l10n';
import { tablesOf } from '../../reports/export/exportTables';
import { FORMAT_WORDS, formatsOf, type ExportFormat } from '../../reports/export/formats';
import type { ReportDefinition } from '../../reports/reportDefinition';
import type { ReportModel } from '../../reports/reportModel';
import type { ReportScope } from '../../reports/reportSettings';
import type { Instance } from '../../store/instances/instance';
import { countOf } from '../../sync/words';
import { chooseOne, type ChoiceItem } from '../quickInput';

const commandTitle = (): string => l10n.t('Export Report');

/** @throws CancelledError */
export function askFormat(reportId: string): Promise<ExportFormat> {
  const items = formatsOf(reportId).map((id) => ({
    label: FORMAT_WORDS[id].title,
    detail: FORMAT_WORDS[id].detail,
    value: id,
  }));
  return chooseOne(commandTitle(), l10n.t('As what?'), items);
}

/**
 * Whether names are replaced by pseudonyms.
 * @param without what is not there then
 * @throws CancelledError
 */
export function askPseudonyms(
  title = commandTitle(),
  without = l10n.t('No names, e-mail addresses, titles and file names; small groups are merged'),
): Promise<boolean> {
  return chooseOne(title, l10n.t('Who is going to read it?'), [
    { label: l10n.t('With names'), detail: l10n.t('For people who may know who uses what'), value: false },
    {
      label: l10n.t('With pseudonyms'),
      detail: without,
      value: true,
    },
  ]);
}

/** The id of one of the report's tables or charts. @throws CancelledError, or Error when it has none */
export function askPart(model: ReportModel, format: ExportFormat): Promise<string> {
  const blocks = model.sections.flatMap((section) => section.blocks);
  const isWanted = (wanted: string): boolean =>
    format !== 'svg' || blocks.some(({ id, type }) => id === wanted && type === 'chart');
  const tables = model.isEmpty ? [] : tablesOf(model).filter(({ id }) => isWanted(id));
  const items = tables.map(({ id, title, rows }) => ({
    label: title,
    description: countOf(rows.length, 'row'),
    value: id,
  }));
  if (items.length === 0) {
    throw new Error(l10n.t('This report shows nothing that can be written so. Choose another format.'));
  }
  return chooseOne(commandTitle(), format === 'svg' ? l10n.t('Which chart?') : l10n.t('Which table?'), items);
}

/** @throws CancelledError */
export function askReport(reports: readonly ReportDefinition[]): Promise<ReportDefinition> {
  const items = reports.map((report) => ({ label: report.title, detail: report.description, value: report }));
  return chooseOne(commandTitle(), l10n.t('Which report?'), items);
}

/** @throws CancelledError */
export function askScope(instances: readonly Instance[], title = commandTitle()): Promise<ReportScope> {
  const items: ChoiceItem<ReportScope>[] = [
    { label: l10n.t('All instances'), value: { kind: 'all' } },
    ...instances.map(({ id, name, url }) => ({
      label: name,
      description: url,
      value: { kind: 'instance' as const, instanceId: id },
    })),
  ];
  return chooseOne(title, l10n.t('Of which instance?'), items);
}
