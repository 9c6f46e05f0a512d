import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { OWN_REPORT_SUFFIX, type OwnReportFile } from '../../reports/own/ownReportFile';
import type { QueryRunner, ResultSet, SqlParameters } from '../../store/resultSet';
import { CancelledError } from '../errors';
import { writeNewFile } from '../newFile';
import { chooseOne, type ChoiceItem } from '../quickInput';

/** Rows that are read to learn what columns a statement gives. */
const SAMPLE_ROWS = 200;

const commandTitle = (): string => l10n.t('Save Query as Report');

/** A column of the statement. */
interface Column {
  readonly name: string;
  readonly isNumber: boolean;
}

const charts = (): readonly ChoiceItem<'bar' | 'line' | 'point' | undefined>[] => [
  { label: l10n.t('Table'), detail: l10n.t('The rows as they are.'), value: undefined },
  { label: l10n.t('Bars'), detail: l10n.t('A bar for each row.'), value: 'bar' },
  { label: l10n.t('Line'), detail: l10n.t('A line over days or steps.'), value: 'line' },
  { label: l10n.t('Dots'), detail: l10n.t('A dot for each row.'), value: 'point' },
];

/**
 * Asks for a name and a chart, and writes the statement as a report of one's own. A file that is there is never replaced.
 * @param tried values of the page's parameters with which the statement is tried
 * @returns the new file.
 * @throws CancelledError, SqlError when the statement does not run
 */
export async function saveAsReport(
  sql: string,
  queries: QueryRunner,
  tried: SqlParameters,
  folder: vscode.Uri,
): Promise<vscode.Uri> {
  const sample = await queries.run(sql, { limit: SAMPLE_ROWS, parameters: tried });
  const title = await vscode.window.showInputBox({
    title: commandTitle(),
    prompt: l10n.t('Name of the report'),
    validateInput: (text) => (text.trim() === '' ? l10n.t('Enter a name.') : undefined),
  });
  if (title === undefined) {
    throw new CancelledError();
  }
  const chart = await pickChart(sample);
  const report: OwnReportFile = {
    title: title.trim(),
    description: '',
    blocks: [
      {
        title: title.trim(),
        description: '',
        sql: sql.trim().split('\n'),
        ...(chart === undefined ? {} : { chart }),
        columns: [],
        isWide: true,
      },
    ],
  };
  return writeNewFile(
    folder,
    { title, suffix: OWN_REPORT_SUFFIX, fallback: 'report' },
    `${JSON.stringify(report, undefined, 2)}\n`,
  );
}

async function pickChart(sample: ResultSet): Promise<Record<string, unknown> | undefined> {
  const mark = await chooseOne(commandTitle(), l10n.t('How should the rows be shown?'), charts());
  if (mark === undefined) {
    return undefined;
  }
  const columns = sample.columns.map((column): ChoiceItem<Column> => {
    const values = Array.from({ length: sample.rowCount }, (_, row) => column.at(row));
    const isNumber = values.some((value) => value !== null) && values.every(isNumberOrNull);
    const { name } = column;
    return { label: name, description: isNumber ? 'number' : 'text', value: { name, isNumber } };
  });
  const x = await chooseOne(commandTitle(), l10n.t('Which column goes from left to right?'), columns);
  const y = await chooseOne(
    commandTitle(),
    l10n.t('Which number is the height?'),
    columns.filter(({ value }) => value.isNumber && value.name !== x.name),
  );
  const isRanked = mark === 'bar' && !x.isNumber;
  return {
    mark: mark === 'line' ? { type: 'line', point: true } : mark,
    encoding: {
      x: {
        field: x.name,
        type: mark === 'point' && x.isNumber ? 'quantitative' : 'ordinal',
        ...(isRanked ? { sort: null } : {}),
      },
      y: { field: y.name, type: 'quantitative' },
    },
  };
}

function isNumberOrNull(value: unknown): boolean {
  return value === null || typeof value === 'number' || typeof value === 'bigint';
}
