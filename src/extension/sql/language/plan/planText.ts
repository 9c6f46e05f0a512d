import * as l10n from '@vscode/l10n';
import { rowsOf, type ResultSet } from '../../../../store/resultSet';

/** One step of a plan, with the steps that it is made of. */
interface Step {
  readonly detail: string;
  readonly steps: Step[];
}

type Meaning = readonly [pattern: RegExp, says: (name: string) => string];

/** What SQLite's words mean, the first that fits. The pattern's first group is the name in the sentence. */
const MEANINGS: readonly Meaning[] = [
  [/^SCAN CONSTANT ROW/, () => l10n.t('one row of values')],
  [/^SCAN \d+-ROW/, () => l10n.t('rows of values')],
  [
    /^SCAN (\S+).* USING COVERING INDEX/,
    (name) => l10n.t('reads all rows of {0}, from an index alone', name),
  ],
  [/^SCAN (\S+).* USING INDEX/, (name) => l10n.t('reads all rows of {0}, in the order of an index', name)],
  [/^SCAN (\S+)/, (name) => l10n.t('reads all rows of {0}', name)],
  [
    /^SEARCH (\S+).* USING AUTOMATIC/,
    (name) => l10n.t('makes an index for this run to find rows of {0}', name),
  ],
  [/^SEARCH (\S+).* USING INTEGER PRIMARY KEY/, (name) => l10n.t('finds rows of {0} by their id', name)],
  [/^SEARCH (\S+).* USING COVERING INDEX/, (name) => l10n.t('finds rows of {0} in an index alone', name)],
  [/^SEARCH (\S+).* USING INDEX/, (name) => l10n.t('finds rows of {0} by an index', name)],
  [/^SEARCH (\S+)/, (name) => l10n.t('finds rows of {0}', name)],
  [
    /^USE TEMP B-TREE FOR (?:LAST TERM OF |RIGHT PART OF |LAST \d+ TERMS OF )?ORDER BY/,
    () => l10n.t('sorts the rows'),
  ],
  [/^USE TEMP B-TREE FOR GROUP BY/, () => l10n.t('sorts the rows into groups')],
  [
    /^USE TEMP B-TREE FOR (?:DISTINCT|count\(DISTINCT\))/i,
    () => l10n.t('remembers what it saw to leave out repetitions'),
  ],
  [/^MATERIALIZE (\S+)/, (name) => l10n.t('reads {0} once and keeps its rows', name)],
  [/^CO-ROUTINE (\S+)/, (name) => l10n.t('reads {0} row by row as needed', name)],
  [/^CORRELATED .*SUBQUERY/, () => l10n.t('runs again for each row')],
  [/SUBQUERY \d+$/, () => l10n.t('runs once')],
  [/^MULTI-INDEX OR/, () => l10n.t('looks into an index for each part of OR')],
  [/^BLOOM FILTER ON (\S+)/, (name) => l10n.t('rules out rows of {0} early', name)],
  [
    /^(?:MERGE|COMPOUND QUERY|UNION|EXCEPT|INTERSECT|LEFT-MOST)/,
    () => l10n.t('puts several queries together'),
  ],
];

/** The rows of `EXPLAIN QUERY PLAN` as an indented tree with what each step does. */
export function planText(sql: string, plan: ResultSet): string {
  const lines = treeOf(plan).flatMap((step) => linesOf(step, 0));
  const isEmpty = lines.length === 0;
  return [
    l10n.t('How SQLite runs this statement'),
    '',
    ...(isEmpty ? [l10n.t('Nothing is read from tables.')] : lines),
    '',
    l10n.t('SCAN reads everything, SEARCH finds rows by an index or id. Steps run from top to bottom.'),
    '',
    sql,
    '',
  ].join('\n');
}

function treeOf(plan: ResultSet): readonly Step[] {
  const steps = new Map<unknown, Step>();
  const roots: Step[] = [];
  for (const row of rowsOf(plan)) {
    const step: Step = { detail: String(row['detail']), steps: [] };
    steps.set(row['id'], step);
    (steps.get(row['parent'])?.steps ?? roots).push(step);
  }
  return roots;
}

function linesOf({ detail, steps }: Step, depth: number): string[] {
  const meaning = meaningOf(detail);
  const line = `${'  '.repeat(depth)}- ${detail}${meaning === undefined ? '' : ` (${meaning})`}`;
  return [line, ...steps.flatMap((step) => linesOf(step, depth + 1))];
}

function meaningOf(detail: string): string | undefined {
  for (const [pattern, says] of MEANINGS) {
    const match = pattern.exec(detail);
    if (match !== null) {
      return says(match[1] ?? '');
    }
  }
  return undefined;
}
