import * as v from 'valibot';
import type { CreatedAtSource, EpochSeconds, MessageRecord } from '../../../store/records';
import { flag, optionalId, text, time } from '../fields';
import { ratingOf } from '../ratings';
import { wellFormed } from '../text';
import { parseContent } from './content';
import { leavesOf, orderTree, pathToRoot, type TreeNode } from './messageTree';
import { parseSources } from './sources';
import { parseUsage } from './usage';

/** Open WebUI did not exist before. */
const EARLIEST: EpochSeconds = Date.UTC(2022, 0, 1) / 1000;
const DAY = 86_400;

const anything = v.optional(v.unknown());
const list = v.fallback(v.optional(v.array(v.unknown())), undefined);
const record = v.fallback(v.optional(v.record(v.string(), v.unknown())), undefined);

const messageFields = v.object({
  parentId: optionalId,
  role: text,
  content: anything,
  output: anything,
  tool_calls: list,
  model: text,
  selectedModelId: text,
  arena: flag,
  timestamp: time,
  done: flag,
  error: anything,
  usage: record,
  info: record,
  annotation: record,
  files: list,
  sources: list,
  citations: list,
  statusHistory: list,
});
type Message = v.InferOutput<typeof messageFields>;

/** The messages of a chat as its JSON holds them. */
export interface RawMessages {
  readonly byId: ReadonlyMap<string, Record<string, unknown>>;
  /** Plain lists (very old chats) name no parents: each message answers the one before it. */
  readonly isLinear: boolean;
  readonly currentId: string | undefined;
}

export interface TimeBounds {
  /** For messages without a time of their own and without an ancestor that has one. */
  readonly chatCreatedAt: EpochSeconds;
  readonly serverNow: EpochSeconds;
}

export interface ParsedMessages {
  /** Parents before children. */
  readonly messages: readonly MessageRecord[];
  /** The end of the active branch. */
  readonly currentId: string | undefined;
}

/** Builds the records of a chat's whole tree. */
export function parseMessages(raw: RawMessages, bounds: TimeBounds): ParsedMessages {
  const nodes = treeOf(raw);
  const times = resolveTimes(nodes, bounds);
  const currentId = currentOf(nodes, raw.currentId, times);
  const active = pathToRoot(nodes, currentId);
  const messages = nodes.map((node): MessageRecord => {
    const [createdAt, createdAtSource] = times.get(node.id) ?? [bounds.chatCreatedAt, 'chat' as const];
    return { ...toRecord(node), createdAt, createdAtSource, isActiveBranch: active.has(node.id) };
  });
  return { messages, currentId };
}

function treeOf(raw: RawMessages): readonly TreeNode<Message>[] {
  const parsed = new Map<string, Message>();
  for (const [id, fields] of raw.byId) {
    parsed.set(id, v.parse(messageFields, fields));
  }
  const ids = [...parsed.keys()];
  const before = new Map(ids.map((id, index) => [id, ids[index - 1]]));
  return orderTree(parsed, (message, id) => message.parentId ?? (raw.isLinear ? before.get(id) : undefined));
}

type ResolvedTime = readonly [createdAt: EpochSeconds, source: CreatedAtSource];

/** A message's own time when it is possible, else that of the nearest ancestor, else the chat's. */
function resolveTimes(
  nodes: readonly TreeNode<Message>[],
  { chatCreatedAt, serverNow }: TimeBounds,
): ReadonlyMap<string, ResolvedTime> {
  const times = new Map<string, ResolvedTime>();
  for (const { id, parentId, value } of nodes) {
    const { timestamp } = value;
    if (timestamp !== undefined && timestamp >= EARLIEST && timestamp <= serverNow + DAY) {
      times.set(id, [timestamp, 'message']);
      continue;
    }
    const parent = parentId === undefined ? undefined : times.get(parentId);
    const isFromAncestor = parent !== undefined && parent[1] !== 'chat';
    times.set(id, isFromAncestor ? [parent[0], 'ancestor'] : [chatCreatedAt, 'chat']);
  }
  return times;
}

/**
 * The message that the chat shows last; where `currentId` leads nowhere, the newest leaf, as 0.12 mends it: of a
 * branch whose beginning is there, if any.
 */
function currentOf(
  nodes: readonly TreeNode<Message>[],
  currentId: string | undefined,
  times: ReadonlyMap<string, ResolvedTime>,
): string | undefined {
  if (nodes.some(({ id }) => id === currentId)) {
    return currentId;
  }
  const leaves = leavesOf(nodes);
  const whole = wholeBranches(nodes);
  const anchored = leaves.filter(({ id }) => whole.has(id));
  const timeOf = (id: string): EpochSeconds => times.get(id)?.[0] ?? 0;
  let last: string | undefined;
  for (const { id } of anchored.length > 0 ? anchored : leaves) {
    if (last === undefined || timeOf(id) >= timeOf(last)) {
      last = id;
    }
  }
  return last;
}

/** Messages from which one comes to a true beginning, not to a parent that is gone. */
function wholeBranches(nodes: readonly TreeNode<Message>[]): ReadonlySet<string> {
  const whole = new Set<string>();
  for (const { id, parentId, value } of nodes) {
    if (parentId === undefined ? value.parentId === undefined : whole.has(parentId)) {
      whole.add(id);
    }
  }
  return whole;
}

type Untimed = Omit<MessageRecord, 'createdAt' | 'createdAtSource' | 'isActiveBranch'>;

function toRecord({ id, parentId, value: message }: TreeNode<Message>): Untimed {
  const { content, output, files, tool_calls: toolCalls, statusHistory, info } = message;
  const role = roleOf(message);
  const sources = message.sources ?? message.citations;
  return {
    remoteId: id,
    parentRemoteId: parentId,
    role,
    modelId: presentText(message.selectedModelId) ?? presentText(message.model),
    usage: parseUsage([message.usage, info?.['usage'], info]),
    rating: ratingOf(message.annotation?.['rating']),
    isError: isError(message.error),
    isDone: message.done !== false,
    isArena: message.arena === true,
    ...parseContent({ content, output, files, toolCalls }),
    fileCount: files?.length ?? 0,
    citationCount: sources?.length ?? 0,
    sources: parseSources({ role, content, files, sources, output, toolCalls, statusHistory }),
  };
}

function roleOf({ role, model, usage }: Message): string {
  return presentText(role) ?? (model !== undefined || usage !== undefined ? 'assistant' : 'user');
}

function presentText(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? undefined : wellFormed(value);
}

function isError(error: unknown): boolean {
  return error !== undefined && error !== null && error !== false && error !== '';
}
