import type { ShareKind, ShareReason } from '../../store/costs/allocation/allocationTypes';

const NOTHING = 'Nothing to do.';

/** What a part of the bill is, by `cost_shares.kind`. */
const PARTS: Readonly<Record<ShareKind, string>> = {
  allocated: 'Allocated',
  unallocated: 'Unallocated',
  unmapped: 'Unmapped resource',
  other: 'Other charge',
};

interface ReasonWords {
  readonly why: string;
  readonly fix: string;
}

/** Why a part of the bill is of no generation and what helps, by `cost_shares.reason`. */
const REASONS: Readonly<Record<ShareReason, ReasonWords>> = {
  otherCharge: { why: 'No usage: a purchase, refund, tax or rounding.', fix: NOTHING },
  otherScope: {
    why: 'The resource is billed in another scope too, where it counts.',
    fix: 'Nothing to do; or disconnect one of the two scopes.',
  },
  unmappedResource: {
    why: 'Nobody has said which instance the resource serves.',
    fix: 'Run Map Azure Resources...',
  },
  servesNone: { why: 'The resource serves no instance, as somebody has said.', fix: NOTHING },
  tooFresh: { why: 'The day is not complete yet.', fix: 'Nothing to do: it is read again.' },
  unknownMeter: {
    why: 'What the meter counts is not known.',
    fix: 'Say it under "meters" in analysis.json.',
  },
  noUsage: {
    why: 'No generation of its model is known on this day.',
    fix: 'Nothing to do where something else uses it; where a deployment has another name, say it under "deployments" in analysis.json.',
  },
  idle: { why: 'A fixed cost of a day without any use.', fix: NOTHING },
  otherUse: {
    why: 'Used by something else: calls by API, temporary chats, background tasks, batches, other programs.',
    fix: 'Nothing to do; a resource for each instance tells more.',
  },
  anotherCurrency: {
    why: "The model's other costs of the day are in another currency.",
    fix: NOTHING,
  },
  erased: { why: 'Of somebody who was erased since.', fix: NOTHING },
};

/** A part `kind` in words, as SQL. */
export function partSql(column: string): string {
  return caseOf(column, PARTS, column);
}

/** Why a part is of no generation (`why`), or what helps (`fix`), as SQL. */
export function reasonSql(column: string, what: keyof ReasonWords): string {
  const words = Object.fromEntries(Object.entries(REASONS).map(([reason, each]) => [reason, each[what]]));
  return caseOf(column, words, what === 'why' ? column : "'Nothing to do.'");
}

/** A resource by its group and name, as SQL: the path names providers and subscription too, and fills a page. */
export function resourceSql(column: string): string {
  const name = `replace(${column}, rtrim(${column}, replace(${column}, '/', '')), '')`;
  const rest = `substr(${column}, instr(${column}, '/resourcegroups/') + 16)`;
  const group = `substr(${rest}, 1, instr(${rest}, '/'))`;
  return (
    `CASE WHEN ${column} = '' THEN 'No resource' ` +
    `WHEN instr(${column}, '/resourcegroups/') > 0 THEN ${group} || ${name} ELSE ${name} END`
  );
}

function caseOf(column: string, words: Readonly<Record<string, string>>, otherwise: string): string {
  const cases = Object.entries(words).map(([word, text]) => `WHEN ${quoted(word)} THEN ${quoted(text)}`);
  return `CASE ${column} ${cases.join(' ')} ELSE ${otherwise} END`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
