import * as v from 'valibot';
import type { SavedConversation, ToExtension } from '../../webview/conversation/protocol';

const id = v.pipe(v.number(), v.integer(), v.minValue(1));

const message = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  v.object({ type: v.literal('retry') }),
  v.object({ type: v.literal('content'), messageId: id, isWhole: v.boolean() }),
  v.object({ type: v.literal('openText'), messageId: id }),
]) satisfies v.GenericSchema<unknown, ToExtension>;

const saved = v.object({ chatId: id, source: v.optional(v.literal('demo')) }) satisfies v.GenericSchema<
  unknown,
  SavedConversation
>;

/** A message of a conversation's page; undefined for anything else. */
export function parseConversationMessage(value: unknown): ToExtension | undefined {
  const parsed = v.safeParse(message, value);
  return parsed.success ? parsed.output : undefined;
}

/** What a page kept from an earlier session; undefined when it cannot be read. */
export function parseSavedConversation(value: unknown): SavedConversation | undefined {
  const parsed = v.safeParse(saved, value);
  return parsed.success ? parsed.output : undefined;
}
