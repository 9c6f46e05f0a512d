import type { Facts } from '../facts';
import { toneOf, toReport, type Topic } from '../finding';
import { PHRASES, type AccountCounts } from '../phrases';
import { countIn, textIn } from '../rowValues';

const KINDS = ['new', 'gone', 'idle'] as const satisfies readonly (keyof AccountCounts)[];
const MOST_NAMED = 3;
/** Unusual: at least so many accounts, and this part of all. */
const FLOOR = 5;
const LARGE = 0.1;

/** Accounts that are new, gone or idle. */
export const accountsTopic: Topic = (facts, format) => {
  const found = KINDS.map((kind) => ({ kind, ...ofKind(facts, kind) }));
  const counts: AccountCounts = {
    new: found[0]?.count ?? 0,
    gone: found[1]?.count ?? 0,
    idle: found[2]?.count ?? 0,
  };
  const most = Math.max(counts.new, counts.gone, counts.idle);
  if (most === 0) {
    return [];
  }
  const accounts = facts.instances.reduce((sum, instance) => sum + instance.accounts, counts.gone);
  const size = most / Math.max(most, accounts);
  const isUnusual = most >= FLOOR && size >= LARGE;
  return [
    {
      topic: 'accounts',
      size,
      isUnusual,
      sentence: {
        text: PHRASES.accounts(format, counts),
        tone: toneOf(isUnusual),
        details: found
          .filter(({ count }) => count > 0)
          .map(({ kind, names, count }) => PHRASES.accountNames(kind, names, count)),
        link: toReport('users'),
      },
    },
  ];
};

function ofKind({ rows }: Facts, kind: (typeof KINDS)[number]): { names: string[]; count: number } {
  const ofThis = rows.accounts.filter((row) => row['kind'] === kind);
  const byInstance = new Map(ofThis.map((row) => [row['instance_id'], countIn(row, 'accounts')]));
  return {
    names: ofThis.slice(0, MOST_NAMED).map((row) => textIn(row, 'user')),
    count: [...byInstance.values()].reduce((sum, count) => sum + count, 0),
  };
}
