import type {
  KpiBlock,
  ReportBlock,
  SectionModel,
  SentenceModel,
  TableBlock,
  TextBlock,
  TileModel,
} from '../reportModel';
import { coverOf, emptyText, type ExportModel } from './cover';
import { shownText } from './exportTables';
import { escaped, markdownTable } from './markdown';

/** Most rows of a table: a mail is read, not searched. */
export const MAX_MARKDOWN_ROWS = 20;

/** A report as text for a mail: sentences, headline numbers, what the charts say, the first rows of the tables. */
export function reportMarkdown(model: ExportModel): string {
  const parts = [
    `# ${escaped(model.title)}: ${escaped(model.subtitle)}`,
    coverOf(model)
      .slice(2)
      .map(({ title, text }) => `- ${escaped(title)}: ${escaped(text)}`)
      .join('\n'),
    ...(model.isEmpty ? [escaped(emptyText(model))] : model.sections.map(sectionText)),
    listed('Notes', model.notes.map(escaped)),
    listed(
      'What the numbers mean',
      model.definitions.map(({ title, definition }) => `**${escaped(title)}**: ${escaped(definition)}`),
    ),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function sectionText({ title, blocks }: SectionModel): string {
  return [`## ${escaped(title)}`, ...blocks.map(blockText)].join('\n\n');
}

function blockText(block: ReportBlock): string {
  switch (block.type) {
    case 'kpis':
      return tilesText(block);
    case 'chart':
      return `**${escaped(block.title)}.** ${escaped(block.summary)}`;
    case 'table':
      return tableText(block);
    case 'text':
      return sentencesText(block);
    case 'failed':
      return `**${escaped(block.title)}.** ${escaped(block.message)}`;
    case 'pending':
      return '';
  }
}

function tilesText({ tiles }: KpiBlock): string {
  return markdownTable(
    ['Number', 'Value', 'Change', 'Note'],
    ['start', 'end', 'start', 'start'],
    tiles.map(tileRow),
  );
}

function tileRow({ title, value, change, note }: TileModel): string[] {
  return [title, value, change === undefined ? '' : `${change.text} ${change.before}`, note ?? ''];
}

function tableText({ title, table: model, cutNote }: TableBlock): string {
  const shown = model.rows.slice(0, MAX_MARKDOWN_ROWS).map((cells) => cells.map(shownText));
  const leftOut = model.rows.length - shown.length;
  const parts = [
    `### ${escaped(title)}`,
    markdownTable(
      model.columns.map((column) => column.title),
      model.columns.map(({ align }) => align),
      shown,
    ),
    leftOut === 0
      ? ''
      : `${MAX_MARKDOWN_ROWS} of ${model.rows.length} rows; ${leftOut} more are left out here.`,
    escaped(cutNote ?? ''),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function sentencesText({ title, sentences }: TextBlock): string {
  return [`### ${escaped(title)}`, sentences.map(sentenceText).join('\n')].join('\n\n');
}

function sentenceText({ text, tone, details }: SentenceModel): string {
  const sentence = tone === 'plain' ? escaped(text) : `**${escaped(text)}**`;
  return [`- ${sentence}`, ...details.map((detail) => `  - ${escaped(detail)}`)].join('\n');
}

function listed(title: string, items: readonly string[]): string {
  return items.length === 0 ? '' : `## ${title}\n\n${items.map((item) => `- ${item}`).join('\n')}`;
}
