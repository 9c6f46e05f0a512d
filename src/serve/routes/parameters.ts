import * as v from 'valibot';
import { dayOfIso } from '../../reports/days';
import { PERIOD_PRESETS, type PeriodChoice } from '../../reports/period';
import type { ReportScope } from '../../reports/reportSettings';
import type { Instance } from '../../store/instances/instance';
import { ProblemError } from '../http/problem';

const day = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d{2}-\d{2}$/u, 'give a day as YYYY-MM-DD'),
  v.check((text) => dayOfIso(text) !== undefined, 'give a day as YYYY-MM-DD'),
);

/** What narrows numbers down, the same at every route. */
export const SPAN = {
  instance: v.optional(
    v.pipe(v.string(), v.maxLength(500), v.description('Name or id of one instance. Default: all.')),
  ),
  period: v.optional(
    v.pipe(
      v.picklist(PERIOD_PRESETS.map(({ id }) => id)),
      v.description('A span of local days that ends today or earlier; instead of from and to'),
    ),
  ),
  from: v.optional(v.pipe(day, v.description('First local day, YYYY-MM-DD; with to'))),
  to: v.optional(v.pipe(day, v.description('Last local day, YYYY-MM-DD; with from'))),
};

interface Span {
  readonly period?: (typeof PERIOD_PRESETS)[number]['id'] | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** @returns undefined where nothing was asked for. @throws ProblemError for half a span */
export function periodOf({ period, from, to }: Span): PeriodChoice | undefined {
  if (from === undefined && to === undefined) {
    return period === undefined ? undefined : { kind: 'preset', preset: period };
  }
  if (from === undefined || to === undefined || period !== undefined) {
    throw new ProblemError('bad_request', { detail: 'Give either period, or both from and to.' });
  }
  if (from > to) {
    throw new ProblemError('bad_request', { detail: 'from must not be after to.' });
  }
  return { kind: 'days', from, to };
}

/** @throws ProblemError naming what there is */
export function scopeOf(wanted: string | undefined, instances: readonly Instance[]): ReportScope {
  if (wanted === undefined) {
    return { kind: 'all' };
  }
  const text = wanted.trim().toLowerCase();
  const found =
    instances.find(({ name }) => name.toLowerCase() === text) ??
    instances.find(({ id }) => String(id) === text);
  if (found === undefined) {
    const names = instances.map(({ name }) => name).join(', ');
    throw new ProblemError('not_found', {
      detail: `There is no such instance. ${names === '' ? 'There are none yet' : `There are: ${names}`}.`,
    });
  }
  return { kind: 'instance', instanceId: found.id };
}
