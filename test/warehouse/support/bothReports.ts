import assert from 'node:assert/strict';
import { buildReport } from '../../../src/reports/buildReport';
import type { ReportModel } from '../../../src/reports/reportModel';
import { requestOf, type Asked } from '../../unit/reports/reading';
import { assertSame } from './assertSame';
import type { Twin } from './twin';

/**
 * That a report says the same of the mirror and of the warehouse.
 * @returns what the mirror says
 */
export async function assertSameReport(
  { mirror, warehouse }: Twin,
  asked: Asked & Required<Pick<Asked, 'definition'>>,
): Promise<ReportModel> {
  const request = requestOf(asked, mirror.zone);
  const own = await buildReport(mirror, asked.definition, request);
  const errors: string[] = [];
  const there = await buildReport(warehouse, asked.definition, request, {
    onBlockError: ({ message, cause }) => errors.push(`${message}: ${String(cause)}`),
  });
  assert.deepEqual(errors, []);
  assertSame(content(there), content(own));
  return own;
}

/** What a report says, without how long it took and by which statements. */
function content({ queries, elapsedMs, createdAt, ...rest }: ReportModel): unknown {
  assert.ok(queries.length > 0 && elapsedMs >= 0 && createdAt !== '');
  return rest;
}
