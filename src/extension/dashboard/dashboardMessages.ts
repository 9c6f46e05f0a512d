import * as v from 'valibot';
import { warehouseSourceSchema } from '../../reports/reportSettings';
import type { SavedDashboard, ToExtension } from '../../webview/dashboard/protocol';

const id = v.pipe(v.number(), v.integer());

const message = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  v.object({ type: v.literal('source'), source: v.optional(warehouseSourceSchema) }),
  v.object({ type: v.literal('refresh') }),
  v.object({ type: v.literal('sync'), instanceId: v.optional(id) }),
  v.object({ type: v.literal('cancel'), instanceId: v.optional(id) }),
  v.object({ type: v.literal('openReport'), instanceId: v.optional(id) }),
  v.object({ type: v.literal('signIn'), instanceId: id }),
  v.object({ type: v.literal('addInstance') }),
  v.object({ type: v.literal('showLog') }),
]) satisfies v.GenericSchema<unknown, ToExtension>;

/** A message of the dashboard's page; undefined for anything else. */
export function parseDashboardMessage(value: unknown): ToExtension | undefined {
  const parsed = v.safeParse(message, value);
  return parsed.success ? parsed.output : undefined;
}

const saved = v.object({ source: v.optional(warehouseSourceSchema) }) satisfies v.GenericSchema<
  unknown,
  SavedDashboard
>;

/** What the page of an earlier session kept; nothing where it cannot be read. */
export function parseSavedDashboard(value: unknown): SavedDashboard {
  const parsed = v.safeParse(saved, value);
  return parsed.success ? parsed.output : {};
}
