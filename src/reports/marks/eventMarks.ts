import type { DeriveContext } from '../reportDefinition';
import type { ReportRow } from '../reportModel';
import type { Holidays } from '../trends/holidays';

/** What can happen beside the chats. */
export type EventKind = 'version' | 'price' | 'removed' | 'holiday';

const WORDS: Readonly<Record<EventKind, (name: string, instance: string) => string>> = {
  version: (version, instance) => `${instance === '' ? '' : `${instance}: `}Open WebUI ${version}`,
  price: (model) => `Price of ${model} changed`,
  holiday: (name, instance) => (instance === '' ? name : `${instance}: ${name}`),
  removed: (model, instance) => `${model} removed${instance === '' ? '' : ` from ${instance}`}`,
};

/**
 * Remarks on time axes, as charts take them: `day` and `text`. An instance is named where there are several.
 * @param events rows of `mark_events`
 */
export function eventMarks(events: readonly ReportRow[], kinds: readonly EventKind[]): readonly ReportRow[] {
  return events
    .filter(({ kind }) => kinds.some((wanted) => wanted === kind))
    .map(({ day = null, kind, name, instance, instances }) => ({
      day,
      text: WORDS[kind as EventKind](String(name), Number(instances) > 1 ? String(instance ?? '') : ''),
    }));
}

/** Days of holidays. @param events rows of `mark_events` */
export function holidaysIn(events: readonly ReportRow[]): Holidays {
  return new Set(events.filter(({ kind }) => kind === 'holiday').map(({ day }) => Number(day)));
}

/** The kinds, and holidays where a step is a day: a week or month has too many. */
export function withHolidays(
  kinds: readonly EventKind[],
  { unit }: Pick<DeriveContext, 'unit'>,
): readonly EventKind[] {
  return unit === 'day' ? [...kinds, 'holiday'] : kinds;
}
