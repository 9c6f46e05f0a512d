import type { DeletableStream, HoldReason } from '../../store/mirrorFacts';
import { mapConcurrent } from './concurrency';
import { brakeReason, heldMessage, isMany } from './deletionBrake';
import type { StreamContext } from './runTypes';

/** Rows of the mirror that a complete list of the server did not show. */
export interface MissingRows {
  readonly stream: DeletableStream;
  readonly remoteIds: readonly string[];
  /** Rows of the stream that are not marked deleted: what the brake measures against. */
  readonly liveRows: number;
  /** Asks the server for one of them. */
  readonly exists: (remoteId: string) => Promise<boolean>;
  /** Throws when the answers of `exists` cannot be believed. */
  readonly proveAnswers?: (gone: readonly string[]) => Promise<void>;
  /** Whether this run's lists say anything about a row; without it they do about all. */
  readonly isJudged?: (remoteId: string) => boolean;
}

/** A list of the server against the rows that the mirror holds of it. */
export interface ReadList {
  readonly stream: DeletableStream;
  /** Ids of the rows that are not marked deleted. */
  readonly known: readonly string[];
  readonly listed: ReadonlySet<string>;
  /** Rows without a usable id; any of them may be one that seems to be missing. */
  readonly skipped: number;
  readonly exists: MissingRows['exists'];
}

/** Marks what a list lacks, see {@link markMissing}; one that could not be read in full says nothing. */
export async function markUnlisted(context: StreamContext, list: ReadList): Promise<void> {
  const { stream, known, listed, skipped, exists } = list;
  if (skipped === 0) {
    const remoteIds = known.filter((remoteId) => !listed.has(remoteId));
    await markMissing(context, { stream, remoteIds, liveRows: known.length, exists });
  }
}

/** The ids of rows. */
export function idsIn(rows: readonly { readonly remoteId: string }[]): ReadonlySet<string> {
  return new Set(rows.map(({ remoteId }) => remoteId));
}

/** What became of missing rows; neither marked nor held are those that the server still has. */
export interface Judgement {
  readonly marked: readonly string[];
  readonly held: readonly string[];
}

interface Verdict extends Judgement {
  readonly reason?: HoldReason | undefined;
}

const NOTHING: Verdict = { marked: [], held: [] };

/**
 * Marks rows deleted that the server says twice are gone: absent from its complete list, and not found by id.
 * What looks like a mistake is held back until a person agrees or the row is there again. Call it for complete
 * lists only, also when nothing is missing: what was held back and is back is then free again.
 */
export async function markMissing(context: StreamContext, missing: MissingRows): Promise<Judgement> {
  const { stream, remoteIds, liveRows, isJudged = (): boolean => true } = missing;
  const { writer, runId, ledger, request } = context;
  const heldBefore = await writer.heldDeletions(runId, stream);
  const reviewed = new Set(heldBefore);
  const known = remoteIds.filter((id) => reviewed.has(id));
  const fresh = remoteIds.filter((id) => !reviewed.has(id));
  // A person agrees to what was shown, never to what has vanished since.
  const isAgreed = request.acceptMassDeletion === true;
  const agreed = isAgreed ? await markConfirmed(context, missing, known) : [];
  const stillHeld = isAgreed ? [] : known;
  const verdict = await judge(context, missing, fresh, liveRows - known.length);
  const held = [...stillHeld, ...verdict.held];
  const reason = verdict.reason ?? context.hold ?? 'many';
  const noted = [...heldBefore.filter((id) => !isJudged(id)), ...held];
  if (!isSameSet(heldBefore, noted)) {
    await writer.holdDeletions(runId, stream, noted, reason);
  }
  if (held.length > 0) {
    ledger.count(stream, { heldBack: held.length });
    const message = heldMessage(reason, stream, held.length, liveRows);
    ledger.note(stream, { code: 'deletionsHeldBack', message });
  }
  return { marked: [...agreed, ...verdict.marked], held };
}

/** @param living rows that are neither deleted nor held back already */
async function judge(
  context: StreamContext,
  missing: MissingRows,
  remoteIds: readonly string[],
  living: number,
): Promise<Verdict> {
  const { hold } = context;
  if (remoteIds.length === 0) {
    return NOTHING;
  }
  if (hold !== undefined || isMany({ gone: remoteIds.length, living })) {
    // Not asked for one by one: a server in such a state must not be asked thousands of times either.
    const reason = hold ?? brakeReason({ gone: remoteIds.length, living });
    return { marked: [], held: remoteIds, reason };
  }
  const gone = await confirmed(context, missing, remoteIds);
  const reason = brakeReason({ gone: gone.length, living });
  if (reason !== undefined) {
    return { marked: [], held: gone, reason };
  }
  await mark(context, missing, gone);
  return { marked: gone, held: [] };
}

async function markConfirmed(
  context: StreamContext,
  missing: MissingRows,
  remoteIds: readonly string[],
): Promise<readonly string[]> {
  const gone = await confirmed(context, missing, remoteIds);
  await mark(context, missing, gone);
  return gone;
}

/** Those that the server does not have by their id either. */
async function confirmed(
  { policy }: StreamContext,
  { exists }: MissingRows,
  remoteIds: readonly string[],
): Promise<readonly string[]> {
  const answers = await mapConcurrent(remoteIds, policy.concurrency, exists);
  return remoteIds.filter((_id, index) => answers[index] === false);
}

async function mark(
  { writer, ledger, runId }: StreamContext,
  { stream, proveAnswers }: MissingRows,
  gone: readonly string[],
): Promise<void> {
  if (gone.length > 0) {
    await proveAnswers?.(gone);
    ledger.count(stream, await writer.markDeleted(runId, stream, gone));
  }
}

function isSameSet(left: readonly string[], right: readonly string[]): boolean {
  const ids = new Set(left);
  return ids.size === new Set(right).size && right.every((id) => ids.has(id));
}
