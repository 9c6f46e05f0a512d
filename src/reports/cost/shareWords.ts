/** What a part of the bill is, by `cost_shares.kind`. */
const PARTS: Readonly<Record<string, string>> = {
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
export const REASONS: Readonly<Record<string, ReasonWords>> = {
  noUsage: {
    why: 'No generation of these instances is known that it could be for.',
    fix: 'Nothing to do where something else uses the resource; else check the map of resources.',
  },
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

function caseOf(column: string, words: Readonly<Record<string, string>>, otherwise: string): string {
  const cases = Object.entries(words).map(([word, text]) => `WHEN ${quoted(word)} THEN ${quoted(text)}`);
  return `CASE ${column} ${cases.join(' ')} ELSE ${otherwise} END`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
