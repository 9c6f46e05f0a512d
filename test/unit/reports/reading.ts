import assert from 'node:assert/strict';
import { buildReport } from '../../../src/reports/buildReport';
import type { PeriodChoice } from '../../../src/reports/period';
import { overviewReport } from '../../../src/reports/overview/overviewReport';
import type { ReportDefinition } from '../../../src/reports/reportDefinition';
import type { ReportModel, ReportRow, TableModel, TileModel } from '../../../src/reports/reportModel';
import type { ReportRequest } from '../../../src/reports/reportRequest';
import { DEFAULT_SETTINGS, type ReportSettings } from '../../../src/reports/reportSettings';
import { type TestMirror, at } from './mirror';

export const MARCH: PeriodChoice = { kind: 'days', from: '2026-03-01', to: '2026-03-31' };

export interface Asked extends Partial<ReportSettings>, Partial<Omit<ReportRequest, 'settings'>> {
  readonly definition?: ReportDefinition;
}

/** A request as of the end of March 2026, with what is asked otherwise. */
export function requestOf(
  { now, zone, locale, definition, ...settings }: Asked,
  zoneOfMirror = 'UTC',
): ReportRequest {
  return {
    settings: {
      ...DEFAULT_SETTINGS,
      period: MARCH,
      reportId: definition?.id ?? overviewReport.id,
      ...settings,
    },
    now: now ?? at('2026-03-31 13:00'),
    zone: zone ?? zoneOfMirror,
    locale: locale ?? 'en',
  };
}

/** Builds a report, the overview if nothing else is said; a block that cannot be read fails it. */
export function report(mirror: TestMirror, asked: Asked = {}): Promise<ReportModel> {
  return buildReport(mirror, asked.definition ?? overviewReport, requestOf(asked, mirror.zone));
}

export function rows(model: ReportModel, dataset: string): readonly ReportRow[] {
  return model.datasets[dataset] ?? [];
}

export function total(model: ReportModel, column: string): unknown {
  return rows(model, 'totals').find(({ is_current }) => is_current === 1)?.[column];
}

export function tile(model: ReportModel, id: string): TileModel {
  const tiles = model.sections.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.type === 'kpis' ? block.tiles : [])),
  );
  const found = tiles.find((candidate) => candidate.id === id);
  assert.ok(found !== undefined);
  return found;
}

export function table(model: ReportModel, id: string): TableModel & { cutNote?: string | undefined } {
  const block = model.sections.flatMap(({ blocks }) => blocks).find((candidate) => candidate.id === id);
  assert.ok(block?.type === 'table');
  return { ...block.table, cutNote: block.cutNote };
}

export function column(model: ReportModel, id: string, title: string): string[] {
  const { columns, rows: lines } = table(model, id);
  const index = columns.findIndex((candidate) => candidate.title === title);
  return lines.map((cells) => {
    const cell = cells[index] ?? '';
    return typeof cell === 'string' ? cell : cell.text;
  });
}
