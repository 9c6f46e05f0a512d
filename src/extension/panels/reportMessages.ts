import * as v from 'valibot';
import { PERIOD_PRESETS, type PeriodChoice } from '../../reports/period';
import type { ReportScope } from '../../reports/reportModel';
import type { ReportSelection, ToExtension } from '../../webview/report/protocol';

const scope = v.variant('kind', [
  v.object({ kind: v.literal('instance'), instanceId: v.pipe(v.number(), v.integer()) }),
  v.object({ kind: v.literal('all') }),
]) satisfies v.GenericSchema<unknown, ReportScope>;

const date = v.pipe(v.string(), v.isoDate());

const period = v.variant('kind', [
  v.object({ kind: v.literal('preset'), preset: v.picklist(PERIOD_PRESETS.map(({ id }) => id)) }),
  v.object({ kind: v.literal('days'), from: date, to: date }),
]) satisfies v.GenericSchema<unknown, PeriodChoice>;

const message = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  v.object({ type: v.literal('select'), scope, period }),
  v.object({ type: v.literal('refresh') }),
  v.object({ type: v.literal('export') }),
  v.object({ type: v.literal('sync') }),
  v.object({ type: v.literal('showLog') }),
  v.object({ type: v.literal('openQuery'), queryId: v.string() }),
]) satisfies v.GenericSchema<unknown, ToExtension>;

const selection = v.object({
  reportId: v.string(),
  scope,
  period,
}) satisfies v.GenericSchema<unknown, ReportSelection>;

/** A message of a report page; undefined for anything else. */
export function parseReportMessage(value: unknown): ToExtension | undefined {
  const parsed = v.safeParse(message, value);
  return parsed.success ? parsed.output : undefined;
}

/** What a page kept from an earlier session; undefined when it cannot be read. */
export function parseReportSelection(value: unknown): ReportSelection | undefined {
  const parsed = v.safeParse(selection, value);
  return parsed.success ? parsed.output : undefined;
}
