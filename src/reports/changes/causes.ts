import type { Formatter, NumberFormat } from '../format';
import type { Facts, Mover } from './facts';
import { PHRASES, type Cause, type Money } from './phrases';
import { countIn, textIn } from './rowValues';

const MOST_CAUSES = 3;
/** A smaller part explains nothing. */
const SMALLEST_SHARE = 0.1;

/**
 * Up to three members with the largest part of a change, the largest first: of each dimension its foremost one, then the
 * next ones. A dimension with one member, and members that went the other way, explain nothing.
 */
export function causesOf(change: number, movers: readonly Mover[]): Cause[] {
  const causes = movers
    .filter(({ members }) => members > 1)
    .map(({ dimension, name, now, before }) => ({
      dimension,
      name,
      change: now - before,
      share: change === 0 ? 0 : (now - before) / change,
    }))
    .filter(({ share }) => share >= SMALLEST_SHARE)
    .sort(byShare);
  const foremost = causes.filter(
    (cause, index) => causes.findIndex(({ dimension }) => dimension === cause.dimension) === index,
  );
  const others = causes.filter((cause) => !foremost.includes(cause));
  return [...foremost, ...others].slice(0, MOST_CAUSES).sort(byShare);
}

/** The causes in words, or that there are many; nothing where there is one user, model and instance alone. */
export function causeDetails(
  change: number,
  movers: readonly Mover[],
  format: Formatter,
  as: NumberFormat | Money,
): string[] {
  const causes = causesOf(change, movers);
  if (causes.length > 0) {
    return [PHRASES.causes(format, causes, as)];
  }
  return movers.some(({ members }) => members > 1) ? [PHRASES.noCause] : [];
}

function byShare(a: Cause, b: Cause): number {
  return b.share - a.share;
}

/** Users and models whose number changed, by id of a measure, or `cost EUR`. */
export function moversOf({ rows, scopeId }: Facts, measure: string): Mover[] {
  return [...rows.movers, ...rows.cost_movers]
    .filter((row) => row['measure'] === measure && row['instance_id'] === scopeId)
    .map((row) => ({
      dimension: textIn(row, 'dimension') === 'user' ? 'user' : 'model',
      name: textIn(row, 'name'),
      now: countIn(row, 'now'),
      before: countIn(row, 'before'),
      members: countIn(row, 'members'),
    }));
}

/** Instances with a number of theirs in both spans, from the totals by instance. */
export function instanceMovers(
  { rows, instances }: Facts,
  numberOf: (row: Facts['rows']['totals'][number]) => number,
): Mover[] {
  return instances.map(({ id, name }) => {
    const of = (isCurrent: number): number =>
      rows.totals
        .filter(({ instance_id, is_current }) => instance_id === id && is_current === isCurrent)
        .reduce((sum, row) => sum + numberOf(row), 0);
    return { dimension: 'instance', name, now: of(1), before: of(0), members: instances.length };
  });
}
