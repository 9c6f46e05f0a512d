import type { CallFigures, MeasuredVersion, Measurement, ServerSize, Situation } from './measure';

const USERS_PER_PAGE = 30;
const FILES_PER_PAGE = 50;
const BASES_PER_PAGE = 30;
const RATINGS_PER_PAGE = 30;
/** Of the chats that look unchanged a reconcile fetches one in so many again. */
const SHARES = 28;

/** How calls follow from what a server holds, where versions differ. */
interface VersionCosts {
  /** Groups, ratings, models, files and knowledge bases when a person asks. */
  readonly library: (size: ServerSize) => number;
  /** Pages that tell who was active. */
  readonly activity: (active: number) => number;
  /** Ratings that are new to the mirror. */
  readonly ratings: (ratings: number) => number;
}

const COSTS: Readonly<Record<MeasuredVersion, VersionCosts>> = {
  '0.12.4': {
    library: ({ users, groups, files, knowledgeBases }) =>
      4 +
      Math.min(groups, pages(users, USERS_PER_PAGE)) +
      pages(files, FILES_PER_PAGE) +
      pages(knowledgeBases, BASES_PER_PAGE) +
      knowledgeBases,
    activity: () => 0,
    ratings: (ratings) => Math.ceil(ratings / RATINGS_PER_PAGE),
  },
  '0.6.36': { library: () => 8, activity: (active) => pages(active + 1, USERS_PER_PAGE), ratings: () => 0 },
};

/** One line of the call budget: when, how to compute it, and what is promised. */
export interface BudgetLine {
  readonly situation: Situation;
  readonly words: string;
  /** In the letters that the document explains. */
  readonly formula: string;
  readonly compute: (costs: VersionCosts, size: ServerSize, measured: Measurement) => number;
  readonly promise: string;
  /** Most calls that keep the promise; undefined: promised for other sizes only. */
  readonly limit: (figures: CallFigures) => number | undefined;
}

/** The size that absolute promises are about. */
const PROMISED_USERS = 38;

export const BUDGET_LINES: readonly BudgetLine[] = [
  {
    situation: 'full',
    words: 'full sync',
    formula: '3 + ⌈U/30⌉ + P + M + C + L + ⌈R/30⌉',
    compute: (costs, size) =>
      3 +
      pages(size.users, USERS_PER_PAGE) +
      chatCalls(size) +
      costs.library(size) +
      costs.ratings(size.ratings),
    promise: 'chat by chat',
    // Beside each chat and each page of a chat list hardly anything.
    limit: ({ size }) => 1.01 * chatCalls(size) + 30,
  },
  {
    situation: 'unchangedByTimer',
    words: 'nothing changed, by the timer (the dearest of 13 hours)',
    formula: 'at most 3 + A + L',
    compute: (costs, size, { activeUsers }) => 3 + costs.activity(activeUsers) + costs.library(size),
    promise: 'at most 10 (38 users)',
    limit: ({ size }) => (size.users === PROMISED_USERS ? 10 : undefined),
  },
  {
    situation: 'unchangedByHand',
    words: 'nothing changed, by hand',
    formula: '2 + A + 1 + L',
    compute: changedCalls,
    promise: 'at most 15 + K (38 users)',
    limit: ({ size }) => (size.users === PROMISED_USERS ? 15 + size.knowledgeBases : undefined),
  },
  {
    situation: 'onePercent',
    words: '1 % of the chats changed, by at most 4 % of the users',
    formula: '2 + A + p + c + L',
    compute: changedCalls,
    promise: '90 % fewer than full',
    limit: fewerThanFull(0.9),
  },
  {
    situation: 'fivePercentOfFew',
    words: '5 % of the chats changed, by at most 20 % of the users',
    formula: '2 + A + p + c + L',
    compute: changedCalls,
    promise: '90 % fewer than full',
    limit: fewerThanFull(0.9),
  },
  {
    situation: 'fivePercentOfAll',
    words: '5 % of the chats changed, by as many users as possible',
    formula: '2 + A + p + c + L',
    compute: changedCalls,
    promise: '85 % fewer than full',
    limit: fewerThanFull(0.85),
  },
  {
    situation: 'reconcile',
    words: 'reconcile (everybody, once a day), nothing changed',
    formula: 'about 2 + ⌈U/30⌉ + P + C/28 + L',
    compute: (costs, size) =>
      2 + pages(size.users, USERS_PER_PAGE) + size.chatPages + size.chats / SHARES + costs.library(size),
    promise: '',
    limit: () => undefined,
  },
];

/** What the formula of a line says for a measured server. */
export function computedCalls({ situation, compute }: BudgetLine, figures: CallFigures): number {
  return Math.round(compute(COSTS[figures.version], figures.size, figures.situations[situation]));
}

function chatCalls({ chats, chatPages, longLists }: ServerSize): number {
  return chats + chatPages + longLists;
}

function changedCalls(costs: VersionCosts, size: ServerSize, measured: Measurement): number {
  const { activeUsers, activePages, changedChats } = measured;
  return 2 + costs.activity(activeUsers) + activePages + changedChats + costs.library(size);
}

function fewerThanFull(share: number): BudgetLine['limit'] {
  return ({ situations }) => (1 - share) * situations.full.calls;
}

/** Full pages are not followed by an empty one where the server tells how many rows there are. */
function pages(rows: number, perPage: number): number {
  return Math.max(1, Math.ceil(rows / perPage));
}
