import assert from 'node:assert/strict';
import { buildReport, type ReportRequest } from '../../../src/reports/buildReport';
import type { PeriodChoice } from '../../../src/reports/period';
import type { ReportModel, ReportRow, TableModel, TileModel } from '../../../src/reports/reportModel';
import { usageReport } from '../../../src/reports/usage/usageReport';
import { type TestMirror, at } from './mirror';

export const MARCH: PeriodChoice = { kind: 'days', from: '2026-03-01', to: '2026-03-31' };

export function report(mirror: TestMirror, overrides: Partial<ReportRequest> = {}): Promise<ReportModel> {
  return buildReport(mirror, usageReport, {
    scope: { kind: 'all' },
    period: MARCH,
    now: at('2026-03-31 13:00'),
    zone: mirror.zone,
    locale: 'en',
    ...overrides,
  });
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
  return lines.map((cells) => cells[index] ?? '');
}
