import type { ReportRow } from '../reportModel';

/** What can happen beside the chats. */
type EventKind = 'version' | 'price' | 'removed';

const WORDS: Readonly<Record<EventKind, (name: string, instance: string) => string>> = {
  version: (version, instance) => `${instance === '' ? '' : `${instance}: `}Open WebUI ${version}`,
  price: (model) => `Price of ${model} changed`,
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
