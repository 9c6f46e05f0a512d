const STARTS = ['SELECT', 'WITH', 'VALUES', 'EXPLAIN QUERY PLAN'];
const OPERANDS = ['CASE', 'CAST', 'EXISTS', 'NOT', 'NULL', 'CURRENT_DATE', 'CURRENT_TIMESTAMP'];
const OPERATORS = [
  'AND',
  'OR',
  'NOT',
  'IN',
  'IS NULL',
  'IS NOT NULL',
  'BETWEEN',
  'LIKE',
  'GLOB',
  'COLLATE NOCASE',
  'WHEN',
  'THEN',
  'ELSE',
  'END',
  'OVER',
  'FILTER',
];
const COMPOUNDS = ['UNION ALL', 'UNION', 'EXCEPT', 'INTERSECT'];
const TAIL = ['ORDER BY', 'LIMIT', ...COMPOUNDS];
const BEHIND_TABLE = ['JOIN', 'LEFT JOIN', 'CROSS JOIN', 'ON', 'USING', 'AS'];

/** What may follow a finished part of each clause. */
const FOLLOWING: Readonly<Record<string, readonly string[]>> = {
  SELECT: ['AS', 'FROM', ...OPERATORS],
  FROM: [...BEHIND_TABLE, 'WHERE', 'GROUP BY', ...TAIL],
  ON: ['WHERE', 'GROUP BY', ...BEHIND_TABLE, ...TAIL, ...OPERATORS],
  WHERE: ['GROUP BY', ...TAIL, ...OPERATORS],
  GROUP: ['BY', 'HAVING', ...TAIL, ...OPERATORS],
  HAVING: [...TAIL, ...OPERATORS],
  ORDER: ['BY', 'ASC', 'DESC', 'NULLS FIRST', 'NULLS LAST', 'LIMIT', ...OPERATORS],
  LIMIT: ['OFFSET'],
  WITH: ['AS', 'SELECT'],
  VALUES: COMPOUNDS,
  EXPLAIN: ['QUERY PLAN', ...STARTS],
};
/** What may begin behind a clause's word, beside any value. */
const BEGINNING: Readonly<Record<string, readonly string[]>> = {
  SELECT: ['DISTINCT'],
  WITH: ['RECURSIVE'],
  GROUP: ['BY'],
  ORDER: ['BY'],
  UNION: ['ALL', 'SELECT'],
  EXCEPT: ['SELECT'],
  INTERSECT: ['SELECT'],
  EXPLAIN: ['QUERY PLAN', 'SELECT', 'WITH'],
};

/**
 * Keywords that make sense in a clause.
 * @param clause its keyword; undefined at the start of a statement
 * @param isOperand a value is due, not what follows one
 */
export function keywordsOf(clause: string | undefined, isOperand: boolean): readonly string[] {
  if (clause === undefined) {
    return STARTS;
  }
  return isOperand
    ? [...(BEGINNING[clause] ?? []), ...OPERANDS, 'SELECT']
    : [...new Set(FOLLOWING[clause] ?? OPERATORS)];
}
