import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { EpochSeconds, FeedbackRecord } from '../../../store/records';
import { isFailure, type FailureCode } from '../../openwebui/failures';
import {
  feedbackExistence,
  feedbackPages,
  readFeedback,
  readFeedbackIds,
  type FeedbackIdRecord,
} from '../../openwebui/feedback';
import { ifSupported } from '../../openwebui/feeds';
import { collect, type Page } from '../../openwebui/paging';
import { countOf } from '../../words';
import { chunked } from '../concurrency';
import { idsIn, markUnlisted } from '../deletions';
import type { StreamContext, StreamDefinition } from '../runTypes';
import { isRareStreamDue } from './due';

const RATINGS_PER_WRITE = 500;

/** What says that one rating cannot be had, and not that the server is in trouble. */
const UNREADABLE: readonly FailureCode[] = [
  'notFound',
  'serverError',
  'tooLarge',
  'malformedJson',
  'unexpectedAnswer',
];

/** Ratings that neither the list nor their own address gave, with the time of change that they had then. */
const unread = v.record(v.string(), v.number());
type Unread = v.InferOutput<typeof unread>;

/** What stands for a time that the server does not tell. */
const NO_TIME: EpochSeconds = 0;

/** Ratings as the server keeps them, which outlive their user and their chat. */
export const feedbackStream: StreamDefinition = {
  streams: ['feedback'],
  isDue: (context) => isRareStreamDue(context, 'feedback'),

  async sync(context) {
    const { client, writer, runId, states, serverStart } = context;
    const known = await writer.knownFeedback(runId);
    const ids = await ifSupported(() => readFeedbackIds(client));
    const { listed, skipped } =
      ids === undefined ? await applyWhole(context) : await applyChanged(context, ids, known);
    await markUnlisted(context, {
      stream: 'feedback',
      known: [...known.keys()],
      listed,
      skipped,
      exists: feedbackExistence(client),
    });
    await states.change('feedback', { lastCompleteAt: serverStart });
  },
};

interface FoundFeedback {
  /** Ids of all ratings that the server has. */
  readonly listed: ReadonlySet<string>;
  /** Rows without a usable id: then nothing that is missing is known to be gone. */
  readonly skipped: number;
}

/** Older servers tell nothing but everything. */
async function applyWhole(context: StreamContext): Promise<FoundFeedback> {
  const { rows, skipped } = await collect(feedbackPages(context.client));
  await apply(context, rows);
  return { listed: idsIn(rows), skipped };
}

/** Reads only what the ids show as new or changed. */
async function applyChanged(
  context: StreamContext,
  { rows: ids, skipped }: Page<FeedbackIdRecord>,
  known: ReadonlyMap<string, EpochSeconds | undefined>,
): Promise<FoundFeedback> {
  const { request, states, identities, ledger } = context;
  const saved = v.safeParse(unread, states.walk('feedback'));
  const passedOver: Unread = saved.success && request.kind !== 'full' ? saved.output : {};
  const mine = ids.filter((row) => row.userRemoteId === undefined || !identities.isErased(row.userRemoteId));
  const isTrusted = request.kind !== 'full';
  const wanted = new Map(
    mine
      .filter(({ remoteId, updatedAt }) => {
        const isKnown = isTrusted && known.has(remoteId) && known.get(remoteId) === updatedAt;
        return !isKnown && passedOver[remoteId] !== (updatedAt ?? NO_TIME);
      })
      .map((row) => [row.remoteId, row]),
  );
  const trusted = mine.filter((row) => !wanted.has(row.remoteId) && known.has(row.remoteId)).length;
  ledger.count('feedback', { seen: trusted, unchanged: trusted });
  await applyListed(context, wanted);
  const unreadable = await applyUnlisted(context, wanted);
  ledger.count('feedback', { quarantined: Object.keys(unreadable).length });
  await noteUnread(context, { ...stillListed(passedOver, mine), ...unreadable });
  return { listed: idsIn(ids), skipped };
}

/** Pages come newest first: those are read that can hold something wanted. What is found is wanted no more. */
async function applyListed(context: StreamContext, wanted: Map<string, FeedbackIdRecord>): Promise<void> {
  if (wanted.size === 0) {
    return;
  }
  for await (const page of feedbackPages(context.client)) {
    const found = page.rows.filter((row) => wanted.delete(row.remoteId));
    await apply(context, found);
    const oldest = page.rows.at(-1)?.updatedAt;
    if (oldest !== undefined && !mayFollow(wanted, oldest)) {
      break;
    }
  }
}

/** Whether anything wanted was changed at `oldest` or before, or at a time that is not told. */
function mayFollow(wanted: ReadonlyMap<string, FeedbackIdRecord>, oldest: EpochSeconds): boolean {
  for (const { updatedAt = NO_TIME } of wanted.values()) {
    if (updatedAt <= oldest) {
      return true;
    }
  }
  return false;
}

/** The list leaves out what deleted users gave. @returns those that cannot be had either way */
async function applyUnlisted(
  context: StreamContext,
  wanted: ReadonlyMap<string, FeedbackIdRecord>,
): Promise<Unread> {
  const unreadable: Unread = {};
  for (const { remoteId, updatedAt } of wanted.values()) {
    try {
      await apply(context, [await readFeedback(context.client, remoteId)]);
    } catch (error) {
      if (!isFailure(error, ...UNREADABLE)) {
        throw error;
      }
      unreadable[remoteId] = updatedAt ?? NO_TIME;
    }
  }
  return unreadable;
}

/** They are left alone until they change, or a full run tries everything. */
async function noteUnread(context: StreamContext, all: Unread): Promise<void> {
  const { states } = context;
  const count = Object.keys(all).length;
  if (count > 0) {
    const message = l10n.t(
      '{0} could not be read and will be tried again with the next full sync.',
      countOf(count, 'rating'),
    );
    context.note({ code: 'feedbackUnreadable', message });
  }
  const walkJson = count === 0 ? undefined : JSON.stringify(all);
  if (states.get('feedback').walkJson !== walkJson) {
    await states.change('feedback', { walkJson });
  }
}

/** What was passed over and is still the same on the server. */
function stillListed(passedOver: Unread, ids: readonly FeedbackIdRecord[]): Unread {
  return Object.fromEntries(
    ids
      .filter(({ remoteId, updatedAt }) => passedOver[remoteId] === (updatedAt ?? NO_TIME))
      .map(({ remoteId, updatedAt }) => [remoteId, updatedAt ?? NO_TIME]),
  );
}

async function apply(context: StreamContext, rows: readonly FeedbackRecord[]): Promise<void> {
  const { writer, runId, ledger, identities } = context;
  const records = rows
    .filter((row) => row.userRemoteId === undefined || !identities.isErased(row.userRemoteId))
    .map((row) => identities.owned(row));
  for (const some of chunked(records, RATINGS_PER_WRITE)) {
    ledger.count('feedback', await writer.applyFeedback(runId, some));
  }
}
