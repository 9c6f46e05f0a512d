import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { KnownUser } from '../../store/mirrorFacts';
import type { UserRecord } from '../../store/records';
import { ACTIVITY_SLACK } from './changeDetection';
import type { StreamContext } from './runTypes';
import { translated } from '../../language/translated';

/** Kept at the stream of users while deletions of all streams must wait. */
const keptHold = v.object({
  hold: v.picklist(['serverReplaced', 'serverRestored']),
  /** Server time at the start of the run that found it. */
  since: v.number(),
});
type ServerHold = v.InferOutput<typeof keptHold>['hold'];

const NOTES = translated<Readonly<Record<ServerHold, string>>>(() => ({
  serverReplaced: l10n.t(
    'The server knows nobody of before: it was replaced, or the address leads to another one. What it lacks was kept.',
  ),
  serverRestored: l10n.t(
    'The server is an older copy of itself, from a backup or downgraded. Everybody was looked at again; what it lacks was kept.',
  ),
}));

/**
 * Looks whether the server is still the one that the mirror knows. When it is not, everybody is looked at, and no
 * deletion of this run is believed.
 * @param users everybody that the server has
 */
export async function checkServer(
  context: StreamContext,
  known: readonly KnownUser[],
  users: readonly UserRecord[],
): Promise<void> {
  const { states, serverStart, serverVersion, versionBefore } = context;
  const saved = v.safeParse(keptHold, states.walk('users'));
  const before = saved.success ? saved.output : undefined;
  const isOlder = isOlderVersion(serverVersion, versionBefore) || isTurnedBack(known, users);
  const found = isReplaced(known, users) ? 'serverReplaced' : isOlder ? 'serverRestored' : undefined;
  const hold = found ?? before?.hold;
  if (hold === undefined) {
    return;
  }
  context.hold = hold;
  const isWalked = (states.get('chats').mark ?? 0) >= (before?.since ?? 0);
  if (found !== undefined || (hold === 'serverRestored' && !isWalked)) {
    context.walk = 'complete';
    context.note({ code: hold, message: NOTES[hold] });
  }
  if (found !== undefined) {
    // Should this run break off, the next one must not believe either.
    await states.change('users', { walkJson: JSON.stringify({ hold, since: serverStart }) });
  }
}

/** Ends what {@link checkServer} began: deletions are believed again. */
export async function endHold(context: StreamContext): Promise<void> {
  context.hold = undefined;
  await context.states.change('users', { walkJson: undefined });
}

/**
 * To be called once all streams had their turn. What a restored server lacks is noted by then, unless chats could not
 * be listed; where they may not be read at all there is nothing to wait for. A replaced server is not believed before a
 * person has looked.
 */
export async function settleServer(context: StreamContext): Promise<void> {
  const { hold, ledger, states } = context;
  const chats = ledger.results.find(({ stream }) => stream === 'chats');
  const isNoted = chats?.status === 'ok' || states.get('chats').problem !== undefined;
  if (hold === 'serverRestored' && isNoted) {
    await endHold(context);
  }
}

/** Nobody of several is there any more. */
function isReplaced(known: readonly KnownUser[], users: readonly UserRecord[]): boolean {
  const living = known.filter((user) => !user.isDeleted);
  const there = new Set(users.map((user) => user.remoteId));
  return living.length > 1 && !living.some((user) => there.has(user.remoteId));
}

/** Somebody was last active before he was: servers note it late, but never take it back. */
function isTurnedBack(known: readonly KnownUser[], users: readonly UserRecord[]): boolean {
  const noted = new Map(
    known.filter((user) => !user.isDeleted).map((user) => [user.remoteId, user.lastActiveAt ?? 0]),
  );
  return users.some(
    ({ remoteId, lastActiveAt }) =>
      lastActiveAt !== undefined && lastActiveAt + ACTIVITY_SLACK < (noted.get(remoteId) ?? 0),
  );
}

/** Compares the numbers of two versions; what is no number counts for nothing. */
export function isOlderVersion(version: string, than: string | undefined): boolean {
  const numbers = numbersOf(version);
  const before = numbersOf(than ?? '');
  if (numbers.length === 0) {
    return false;
  }
  const index = before.findIndex((number, place) => number !== (numbers[place] ?? 0));
  return index >= 0 && (numbers[index] ?? 0) < (before[index] ?? 0);
}

function numbersOf(version: string): readonly number[] {
  return (/^\s*v?(\d+(?:\.\d+)*)/.exec(version)?.[1] ?? '').split('.').filter(Boolean).map(Number);
}
