import type { RunSummary } from '../../../../src/store/runs';
import type { Leniency } from './comparison';
import { chatOf, type Expectation } from './expectation';
import type { Unseen } from './memory';
import type { MirrorImage, TableName } from './tables';

/** Columns that the short list of all users lacks on some versions. */
const UNLISTED_OF_USERS = ['createdAt', 'updatedAt', 'lastActiveAt'];
/** Nothing that a list tells moves with them. */
const UNLISTED_OF_CHATS = ['tags', 'share'];

/** A finished run and what is known of it. */
export interface Outcome {
  readonly run: RunSummary;
  readonly image: MirrorImage;
  readonly expectation: Expectation;
  readonly unseen: Unseen;
  /** It made a new file generation. */
  readonly hasPublished: boolean;
  /** Requests went wrong. */
  readonly isDisturbed: boolean;
}

/** What a run may have missed: of an incremental one what its server did not tell, of any what was set aside or held. */
export function leniencyAfter(outcome: Outcome): Leniency {
  return {
    tables: readTables(outcome),
    olderFields: olderFields(outcome),
    mayBeOlder: (table, key) => mayBeOlder(outcome, table, key),
    mayLive: (table, key) =>
      mayBeOlder(outcome, table, key) || isHeld(outcome, table, key) || isUnseenDeletion(outcome, table, key),
  };
}

/** Streams that were read to their end. */
function readTables({ run, unseen }: Outcome): TableName[] {
  const read = run.streams.filter(({ status }) => status === 'ok').map(({ stream }) => stream);
  const isUnread = unseen.isAnyChat && run.walk === 'active';
  return read.filter((stream) => !isUnread || (stream !== 'chats' && stream !== 'messages'));
}

function olderFields(outcome: Outcome): Leniency['olderFields'] {
  const { run, hasPublished, isDisturbed, unseen } = outcome;
  const isFull = run.kind === 'full';
  const isTimer = run.trigger === 'schedule' || run.trigger === 'startup';
  // Which files a base has is told by its own list; the timer saves that call.
  const areBasesRead = readTables(outcome).includes('knowledge_bases') && (isFull || !isTimer);
  return {
    // That somebody came by is not worth a file generation of its own.
    users: isFull ? (hasPublished ? [] : ['lastActiveAt']) : UNLISTED_OF_USERS,
    chats: isFull && !unseen.isResumed ? [] : UNLISTED_OF_CHATS,
    // A group whose members cannot be had keeps those that it has.
    groups: isDisturbed ? ['members', 'memberCount'] : [],
    knowledge_bases: areBasesRead ? [] : ['fileCount'],
    files: areBasesRead ? [] : ['base'],
  };
}

function mayBeOlder(outcome: Outcome, table: TableName, key: string): boolean {
  const { run, unseen, image } = outcome;
  const chat = chatOf(table, key) ?? '';
  const isProviders = table === 'models' && run.kind !== 'full' && isOfProvider(outcome, key);
  return isProviders || image.quarantined.has(chat) || unseen.changedChats.has(chat);
}

/** Providers are asked once a day, and what is made of their models shows only then. */
function isOfProvider({ expectation, image }: Outcome, modelId: string): boolean {
  const row = expectation.tables.models.get(modelId) ?? image.tables.models.get(modelId)?.facts;
  return row?.['base'] === null;
}

function isUnseenDeletion(outcome: Outcome, table: TableName, key: string): boolean {
  // What a provider no longer offers is believed at the second look.
  const isWithdrawn = table === 'models' && isOfProvider(outcome, key);
  return isWithdrawn || outcome.unseen.deletedChats.has(chatOf(table, key) ?? '');
}

/** A held user keeps his chats, a held chat its messages. */
function isHeld({ image }: Outcome, table: TableName, key: string): boolean {
  const { held, tables } = image;
  const owner = tables[table].get(key)?.facts['owner'];
  const isOfHeld = held.chats.has(chatOf(table, key) ?? '') || held.users.has(String(owner));
  return held[table].has(key) || (chatOf(table, key) !== undefined && isOfHeld);
}
