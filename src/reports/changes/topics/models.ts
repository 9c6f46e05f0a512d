import type { Formatter } from '../../format';
import type { ReportLink, ReportRow } from '../../reportModel';
import { FLOORS } from '../../trends/anomalies';
import type { Facts } from '../facts';
import { toneOf, toReport, type Finding, type Topic } from '../finding';
import { PHRASES } from '../phrases';
import { countIn, numberIn, textIn } from '../rowValues';
import { sizeOf } from '../unusual';

/** A model in both spans. */
interface ModelUse {
  readonly id: string;
  readonly name: string;
  readonly now: number;
  readonly before: number;
  readonly users: number;
  readonly isNew: boolean;
  readonly firstDay: number;
}

/** Smallest change of a model's generations and of its share that matters. */
const FLOOR = FLOORS.turns;
const SHARE_FLOOR = 0.1;
const LARGE = 0.25;

/** First days, rises and falls, who leads, and removals. */
export const modelsTopic: Topic = (facts, format) => {
  if (facts.now === undefined || facts.before === undefined) {
    return [];
  }
  const models = modelsOf(facts);
  const removed = new Set(facts.rows.removed_models.map((row) => textIn(row, 'model_id')));
  return [
    ...models.filter(({ isNew }) => isNew).map((model) => firstUse(model, models, format)),
    ...models
      .filter((model) => hasMoved(model, models) && !removed.has(model.id))
      .map((model) => moved(model, models, format)),
    ...overtaken(models, format),
    ...removals(models, facts.rows.removed_models, format),
  ];
};

function modelsOf({ rows, scopeId, span }: Facts): ModelUse[] {
  return rows.models
    .filter(({ instance_id }) => instance_id === scopeId)
    .map((row) => {
      const firstDay = numberIn(row, 'first_day') ?? -Infinity;
      return {
        id: textIn(row, 'model_id'),
        name: textIn(row, 'model'),
        now: countIn(row, 'generations'),
        before: countIn(row, 'generations_before'),
        users: countIn(row, 'users'),
        isNew: firstDay >= span.from,
        firstDay,
      };
    });
}

function firstUse(model: ModelUse, models: readonly ModelUse[], format: Formatter): Finding {
  const { name, id, firstDay, now, users } = model;
  const share = shareOf(now, models, 'now');
  const other = leaderOvertaken(models);
  return {
    topic: `model ${name}`,
    size: share,
    isUnusual: now >= FLOOR,
    sentence: {
      text: PHRASES.firstUse(format, name, firstDay, now, users, share),
      tone: toneOf(now >= FLOOR),
      details: other !== undefined && models[0] === model ? [PHRASES.leads(other.name)] : [],
      link: modelLink(id),
    },
  };
}

/** Large in itself and among all: when everything falls, no model has news of its own. */
function hasMoved(model: ModelUse, models: readonly ModelUse[]): boolean {
  return (
    !model.isNew &&
    Math.abs(model.now - model.before) >= FLOOR &&
    sizeOf(model) >= LARGE &&
    Math.abs(shareChange(model, models)) >= SHARE_FLOOR
  );
}

function moved(model: ModelUse, models: readonly ModelUse[], format: Formatter): Finding {
  const points = shareChange(model, models);
  const other = leaderOvertaken(models);
  return {
    topic: `model ${model.name}`,
    size: Math.abs(points),
    isUnusual: true,
    sentence: {
      text: PHRASES.modelMoved(format, model.name, model.now, model.before, points),
      tone: toneOf(true),
      details: other !== undefined && models[0] === model ? [PHRASES.leads(other.name)] : [],
      link: modelLink(model.id),
    },
  };
}

/** Who leads now and did not before, where no other sentence is about that model. */
function overtaken(models: readonly ModelUse[], format: Formatter): Finding[] {
  const [leader] = models;
  const other = leaderOvertaken(models);
  if (leader === undefined || other === undefined || leader.isNew || hasMoved(leader, models)) {
    return [];
  }
  return [
    {
      topic: `model ${leader.name}`,
      size: Math.abs(shareChange(leader, models)),
      isUnusual: true,
      sentence: {
        text: PHRASES.overtook(format, leader.name, other.name, leader.now, other.now),
        tone: toneOf(true),
        details: [],
        link: modelLink(leader.id),
      },
    },
  ];
}

/** The model that led before and no longer does; undefined where the lead did not change, or is too small to say so. */
function leaderOvertaken(models: readonly ModelUse[]): ModelUse | undefined {
  const [leader] = models;
  const previous = models.reduce<ModelUse | undefined>(
    (first, model) => (model.before > (first?.before ?? 0) ? model : first),
    undefined,
  );
  return leader !== undefined && previous !== undefined && leader.now - previous.now >= FLOOR
    ? previous
    : undefined;
}

function removals(models: readonly ModelUse[], rows: readonly ReportRow[], format: Formatter): Finding[] {
  const byModel = new Map<string, ReportRow[]>();
  for (const row of rows) {
    const id = textIn(row, 'model_id');
    byModel.set(id, [...(byModel.get(id) ?? []), row]);
  }
  return [...byModel].map(([id, removed]) => {
    const { now = 0, before = 0 } = models.find((model) => model.id === id) ?? {};
    const instances = removed.map((row) => textIn(row, 'instance'));
    return {
      topic: `model ${id}`,
      size: shareOf(before, models, 'before'),
      isUnusual: before >= FLOOR,
      sentence: {
        text: PHRASES.removed(format, id, instances, now, before),
        tone: toneOf(before >= FLOOR),
        details: [],
        link: modelLink(id),
      },
    };
  });
}

function modelLink(modelId: string): ReportLink {
  return modelId === '' ? toReport('models') : { kind: 'model', modelId };
}

function shareOf(generations: number, models: readonly ModelUse[], span: 'now' | 'before'): number {
  const all = models.reduce((sum, model) => sum + model[span], 0);
  return all === 0 ? 0 : generations / all;
}

/** Difference of a model's shares of all generations, from -1 to 1. */
function shareChange({ now, before }: ModelUse, models: readonly ModelUse[]): number {
  return shareOf(now, models, 'now') - shareOf(before, models, 'before');
}
