import type { ReportBlock, SentenceModel } from '../reportModel';
import { coverOf, emptyText, type ExportModel } from './cover';
import { tablesOf, type ExportTable } from './exportTables';
import { workbook, workbookStream, type Sheet } from './xlsx';

/** A whole report as a workbook: what it says of itself and its headline numbers first, then a sheet per table and chart. */
export function reportXlsx(model: ExportModel): Promise<Uint8Array> {
  const sheets = [aboutSheet(model), ...(model.isEmpty ? [] : tablesOf(model).map(tableSheet))];
  return workbook(sheets, `${model.title}: ${model.subtitle}`);
}

/** One table as a workbook, as its bytes come. */
export function tableXlsx(table: ExportTable): AsyncIterable<Uint8Array> {
  return workbookStream(tableSheet(table));
}

function tableSheet({ title, columns, rows, cutNote }: ExportTable): Sheet {
  return {
    name: title,
    hasHeader: true,
    columns,
    rows: cutNote === undefined ? rows : [...rows, [], [cutNote]],
  };
}

/** Texts in three columns: a name, a value, and more about it. */
function aboutSheet(model: ExportModel): Sheet {
  const { sections, notes, definitions } = model;
  const blocks = model.isEmpty ? [] : sections.flatMap((section) => section.blocks);
  const groups: (readonly (readonly string[])[])[] = [
    coverOf(model).map(({ title, text }) => [title, text]),
    model.isEmpty ? [[emptyText(model)]] : [],
    blocks.flatMap(tileRows),
    blocks.flatMap(sentenceRows),
    headed('Not read', blocks.flatMap(failureRows)),
    headed(
      'Notes',
      notes.map((note) => [note]),
    ),
    headed(
      'What the numbers mean',
      definitions.map(({ title, definition }) => [title, definition]),
    ),
  ];
  return {
    name: 'About',
    hasHeader: false,
    columns: [
      { title: '', kind: 'text' },
      { title: '', kind: 'text' },
      { title: '', kind: 'text' },
      { title: '', kind: 'text' },
    ],
    rows: groups.filter((rows) => rows.length > 0).flatMap((rows) => [...rows, []]),
  };
}

function headed(title: string, rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return rows.length === 0 ? [] : [[title], ...rows];
}

function tileRows(block: ReportBlock): (readonly string[])[] {
  return block.type !== 'kpis'
    ? []
    : block.tiles.map(({ title, value, change, note }) => [
        title,
        value,
        change === undefined ? '' : `${change.text} ${change.before}`,
        note ?? '',
      ]);
}

function sentenceRows(block: ReportBlock): readonly (readonly string[])[] {
  return block.type !== 'text' ? [] : headed(block.title, block.sentences.map(sentenceRow));
}

function sentenceRow({ text, details }: SentenceModel): readonly string[] {
  return [text, ...details];
}

/** For whoever wonders why numbers are missing. */
function failureRows(block: ReportBlock): (readonly string[])[] {
  return block.type === 'failed' ? [[block.title, block.message]] : [];
}
