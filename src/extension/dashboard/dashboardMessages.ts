import * as v from 'valibot';
import type { ToExtension } from '../../webview/dashboard/protocol';

const id = v.pipe(v.number(), v.integer());

const message = v.variant('type', [
  v.object({ type: v.literal('ready') }),
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
