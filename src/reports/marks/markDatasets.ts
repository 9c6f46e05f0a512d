import { modelMarks } from '../models/marks';
import type { DatasetDefinition } from '../reportDefinition';
import { eventMarks, holidaysIn, withHolidays } from './eventMarks';
import generationDays from './generation_days.sql';
import markEvents from './mark_events.sql';
import modelLives from './model_lives.sql';
import turnDays from './turn_days.sql';
import { unusualDays, unusualTurns } from './unusualDays';

const EVENTS = { title: 'Versions, prices, removed models and holidays', sql: markEvents };

/**
 * Remarks for time axes. A report takes these datasets among its own and names in a chart's `marks`: `use_marks` (server
 * versions, removed models, holidays, unusual days) or, beside its own `model_by_bucket`, `model_marks` (first and last days, removals,
 * overtaking); in a line's `anomalies`: `unusual_days`. First syncs are on every time axis.
 */
export const MARK_DATASETS = {
  mark_events: EVENTS,
  turn_days: { title: 'Turns by day and instance', sql: turnDays },
  generation_days: { title: 'Generations by day and model', sql: generationDays },
  unusual_turns: {
    title: 'Days with unusual turns',
    from: ['turn_days', 'mark_events'],
    derive: ([turnDays = [], events = []], context) => unusualTurns(turnDays, holidaysIn(events), context),
  },
  unusual_days: {
    title: 'Unusual days and their causes',
    from: ['turn_days', 'generation_days', 'mark_events'],
    derive: ([turnDays = [], generationDays = [], events = []], context) =>
      unusualDays(turnDays, generationDays, holidaysIn(events), context),
  },
  use_marks: {
    title: 'Remarks on use',
    from: ['mark_events', 'unusual_turns'],
    derive: ([events = [], days = []], context) => [
      ...eventMarks(events, withHolidays(['version', 'removed'], context)),
      ...days,
    ],
  },
  model_lives: { title: 'First and last days of models', sql: modelLives },
  model_marks: {
    title: 'What happened to models',
    from: ['model_by_bucket', 'model_lives', 'mark_events'],
    derive: ([steps = [], lives = [], events = []], context) => [
      ...modelMarks([steps, lives], context),
      ...eventMarks(events, ['removed']),
    ],
  },
} as const satisfies Readonly<Record<string, DatasetDefinition>>;

/** The same for charts of cost: `price_marks` (changes of prices, holidays). */
export const PRICE_MARK_DATASETS = {
  mark_events: EVENTS,
  price_marks: {
    title: 'Changes of prices and holidays',
    from: ['mark_events'],
    derive: ([events = []], context) => eventMarks(events, withHolidays(['price'], context)),
  },
} as const satisfies Readonly<Record<string, DatasetDefinition>>;
