import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { RunSummary, StreamResult } from '../../../../src/store/runs';
import type { Ids } from './expectation';
import { TABLES, type MirrorImage, type MirrorRow, type TableName } from './tables';

/** One finished run, with the mirror around it. */
export interface ObservedRun {
  readonly run: RunSummary;
  readonly before: MirrorImage;
  readonly after: MirrorImage;
  /** What the server had from the run's start to its end. */
  readonly stayed: Ids;
  /** What the server ever had. */
  readonly ever: Ids;
  /** It lost its writer and started over: its counts begin there. */
  readonly hasStartedOver: boolean;
  readonly isMassDeletionAccepted: boolean;
  /** The server came back from a backup or empty: deletions of any number may be held. */
  readonly isServerDoubtful: boolean;
}

/** What holds after every run, however it ended. */
export function assertSound(observed: ObservedRun): void {
  for (const table of TABLES) {
    assertNothingLost(observed, table);
    assertNothingInvented(observed, table);
    assertTheLivingLive(observed, table);
  }
  if (!observed.hasStartedOver) {
    observed.run.streams.forEach((stream) => assertCounts(observed, stream));
  }
  observed.run.streams.forEach((stream) => assertBrake(observed, stream));
}

function assertNothingLost({ before, after }: ObservedRun, table: TableName): void {
  const lost = [...before.tables[table].keys()].filter((key) => !after.tables[table].has(key));
  assert.deepEqual(lost, [], `rows of ${table} vanished from the mirror`);
}

function assertNothingInvented({ after, ever }: ObservedRun, table: TableName): void {
  const invented = [...after.tables[table].keys()].filter((key) => !ever[table].has(key));
  assert.deepEqual(invented, [], `rows of ${table} that the server never had`);
}

function assertTheLivingLive({ before, after, stayed }: ObservedRun, table: TableName): void {
  const killed = [...stayed[table]].filter((key) => isAlive(before, table, key) && isDead(after, table, key));
  assert.deepEqual(killed, [], `living rows of ${table} marked deleted`);
}

/** Each number of the run's record is that of the rows. */
function assertCounts(observed: ObservedRun, { stream, counts }: StreamResult): void {
  const changes = changesOf(observed, stream);
  const { inserted, updated, deleted, restored } = counts;
  assert.deepEqual({ stream, inserted, updated, deleted, restored }, { stream, ...changes });
  assert.equal(counts.seen, inserted + updated + restored + counts.unchanged, `${stream}: seen`);
}

interface Changes {
  readonly inserted: number;
  readonly updated: number;
  readonly deleted: number;
  readonly restored: number;
}

function changesOf(observed: ObservedRun, table: TableName): Changes {
  const { before, after } = observed;
  const rows = [...after.tables[table]];
  const of = (isOne: (now: MirrorRow, then: MirrorRow | undefined, key: string) => boolean): number =>
    rows.filter(([key, row]) => isOne(row, before.tables[table].get(key), key)).length;
  return {
    // A row that is born deleted stands for somebody who is only referred to.
    inserted: of((now, then) => then === undefined && !now.isDeleted),
    updated: of(
      (now, then) =>
        then !== undefined &&
        !then.isDeleted &&
        !now.isDeleted &&
        !isDeepStrictEqual(factsOf(then, after), factsOf(now, after)),
    ),
    deleted: of(
      (now, then, key) => then?.isDeleted === false && now.isDeleted && !wentAlong(observed, table, key),
    ),
    restored: of((now, then) => then?.isDeleted === true && !now.isDeleted),
  };
}

/** With the members of a group who are still users: that one is gone is no change of his groups. */
function factsOf({ facts, derived }: MirrorRow, after: MirrorImage): unknown {
  const members = JSON.parse(String(derived['members'] ?? '[]')) as string[];
  return { ...facts, members: members.filter((id) => isAlive(after, 'users', id)) };
}

/** A chat goes with its user, a message with its chat: only what was looked for is counted. */
function wentAlong({ before, after }: ObservedRun, table: TableName, key: string): boolean {
  const owner = after.tables[table].get(key)?.facts['owner'];
  const hasLost = (parent: TableName, id: string): boolean =>
    isAlive(before, parent, id) && isDead(after, parent, id);
  switch (table) {
    case 'chats':
      return hasLost('users', String(owner));
    case 'messages':
      return hasLost('chats', key.split('/')[0] ?? '');
    default:
      return false;
  }
}

const ALWAYS_ALLOWED = 20;

/** Few vanish at once without a question, and a stream never whole; what is held back is held for such a reason. */
function assertBrake(observed: ObservedRun, { stream, counts }: StreamResult): void {
  if (stream === 'messages') {
    return;
  }
  const { before, after, stayed, isMassDeletionAccepted, isServerDoubtful } = observed;
  const living = [...before.tables[stream]].filter(
    ([key, row]) => !row.isDeleted && !before.held[stream].has(key) && !wentAlong(observed, stream, key),
  ).length;
  const limit = Math.max(ALWAYS_ALLOWED, living / 10);
  const fresh = [...after.held[stream]].filter(([key]) => !before.held[stream].has(key));
  const isJustified: Readonly<Record<string, boolean>> = {
    many: fresh.length > limit,
    emptied: fresh.length >= living && living > 1,
    serverRestored: isServerDoubtful,
    serverReplaced: isServerDoubtful,
  };
  for (const [key, reason] of fresh) {
    assert.ok(isJustified[reason], `${stream} ${key}: held back as one of ${fresh.length} (${reason})`);
  }
  if (!isMassDeletionAccepted) {
    const { deleted } = counts;
    assert.ok(deleted <= limit, `${stream}: ${deleted} of ${living} marked deleted at once`);
    const isEmptied = deleted === living && living > 1 && stayed[stream].size === 0;
    assert.ok(!isEmptied, `${stream}: all ${living} marked deleted at once`);
  }
}

function isAlive(image: MirrorImage, table: TableName, key: string): boolean {
  return image.tables[table].get(key)?.isDeleted === false;
}

function isDead(image: MirrorImage, table: TableName, key: string): boolean {
  return image.tables[table].get(key)?.isDeleted === true;
}
