import type { TopLevelSpec } from 'vega-lite';
import type { BlockDefinition, ReportDefinition, SectionDefinition } from '../reportDefinition';
import type { OwnBlock, OwnQueryBlock, OwnReportFile } from './ownReportFile';

/** First part of the ids of people's own reports: they never meet those of the product. */
const OWN = 'own:';

/** The id of the report in a file of that name (without its suffix). */
export function ownReportId(name: string): string {
  return `${OWN}${name}`;
}

/** Whether an id is that of somebody's own report. */
export function isOwnReportId(id: string): boolean {
  return id.startsWith(OWN);
}

/** Most rows of one statement of such a report: they run as a person's own SQL, and are cut as such. */
export const OWN_ROW_LIMIT = 10_000;

/** A file as the builder knows reports. `sqlOf` gives the text of a block's statement. */
export function ownReport(
  id: string,
  { title, description, blocks }: OwnReportFile,
  sqlOf: (block: OwnQueryBlock) => string,
): ReportDefinition {
  const queries = blocks.flatMap((block, index) =>
    'sql' in block ? [[datasetId(index), { title: block.title, sql: sqlOf(block) }] as const] : [],
  );
  const section: SectionDefinition = { id: 'own', title, blocks: blocks.flatMap(blocksOf) };
  return {
    id,
    title,
    description,
    isOwn: true,
    datasets: Object.fromEntries(queries),
    facts: [],
    sections: [section],
    notes: [],
  };
}

function datasetId(index: number): string {
  return `query_${index + 1}`;
}

function blocksOf(block: OwnBlock, index: number): BlockDefinition[] {
  const id = `block_${index + 1}`;
  if (!('sql' in block)) {
    const sentences = [{ text: block.text, tone: 'plain' as const, details: [] }];
    return [{ type: 'text', id, title: block.title, description: '', datasets: [], write: () => sentences }];
  }
  const { title, description, chart, isWide } = block;
  const columns = block.columns.map(({ field, title: words, format }) => ({
    field,
    ...(words === undefined ? {} : { title: words }),
    ...(format === undefined ? {} : { format }),
  }));
  const shared = { id, title, description, dataset: datasetId(index), columns };
  return chart === undefined
    ? [{ ...shared, type: 'table', rowsAre: 'rows' }]
    : [
        {
          ...shared,
          type: 'chart',
          isWide,
          // The file's spec is checked by Vega-Lite when it is drawn.
          chart: { kind: 'spec', spec: chart as unknown as TopLevelSpec },
        },
      ];
}
