import * as v from 'valibot';
import type { ReportLink } from '../../reports/reportModel';
import { reportSettingsSchema, type ReportFilter } from '../../reports/reportSettings';
import type { ToExtension } from '../../webview/report/protocol';

const id = v.pipe(v.number(), v.integer());

const link = v.variant('kind', [
  v.object({ kind: v.literal('user'), userId: id }),
  v.object({ kind: v.literal('model'), modelId: v.string() }),
  v.object({ kind: v.literal('group'), groupId: id }),
  v.object({ kind: v.literal('instance'), instanceId: id }),
  v.object({ kind: v.literal('chat'), chatId: id }),
  v.object({ kind: v.literal('costLine'), line: v.string() }),
  v.object({ kind: v.literal('report'), reportId: v.string() }),
]) satisfies v.GenericSchema<unknown, ReportLink>;

const FILTERS = [
  'users',
  'groups',
  'roles',
  'models',
  'withoutDeleted',
  'withoutSyncAccount',
] as const satisfies readonly (keyof ReportFilter)[];

const message = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  v.object({ type: v.literal('change'), settings: reportSettingsSchema }),
  v.object({ type: v.literal('editFilter'), kind: v.optional(v.picklist(FILTERS)) }),
  v.object({ type: v.literal('pickInstances') }),
  v.object({ type: v.literal('follow'), link }),
  v.object({ type: v.literal('refresh') }),
  v.object({ type: v.literal('export') }),
  v.object({ type: v.literal('saveBlock'), blockId: v.string() }),
  v.object({
    type: v.literal('picture'),
    blockId: v.string(),
    base64: v.optional(v.pipe(v.string(), v.base64())),
    failure: v.optional(v.string()),
  }),
  v.object({ type: v.literal('more') }),
  v.object({ type: v.literal('sync') }),
  v.object({ type: v.literal('showLog') }),
  v.object({ type: v.literal('openQuery'), queryId: v.string() }),
]) satisfies v.GenericSchema<unknown, ToExtension>;

/** A message of a report page; undefined for anything else. */
export function parseReportMessage(value: unknown): ToExtension | undefined {
  const parsed = v.safeParse(message, value);
  return parsed.success ? parsed.output : undefined;
}
