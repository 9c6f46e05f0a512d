import { sqlTokens, type SqlToken } from '../../store/sqlite/sqlTokens';

/** One statement of a script: a half-open range of UTF-16 offsets that ends behind its `;`, without leading comments. */
export interface Statement {
  readonly start: number;
  readonly end: number;
  /** The text from `start` to `end`, as it stands. */
  readonly text: string;
}

/**
 * Where a `;` ends a statement, as `sqlite3_complete` has it: the body of CREATE TRIGGER holds statements of
 * its own and ends with `; END`. The word classes are 'semicolon', the four below, or 'other'.
 */
type State = 'start' | 'plain' | 'explain' | 'create' | 'trigger' | 'triggerSemicolon' | 'triggerEnd';
const TRANSITIONS: Record<State, Readonly<Record<string, State>> & { readonly other: State }> = {
  start: { explain: 'explain', create: 'create', other: 'plain' },
  plain: { other: 'plain' },
  explain: { create: 'create', query: 'explain', plan: 'explain', other: 'plain' },
  create: { temp: 'create', temporary: 'create', trigger: 'trigger', other: 'plain' },
  trigger: { semicolon: 'triggerSemicolon', other: 'trigger' },
  triggerSemicolon: { semicolon: 'triggerSemicolon', end: 'triggerEnd', other: 'trigger' },
  triggerEnd: { semicolon: 'start', other: 'trigger' },
};
const SINGLE_STATEMENT_STATES: ReadonlySet<State> = new Set(['start', 'plain', 'explain', 'create']);

/** Splits a script into its statements; what holds only white space, comments or `;` is none. */
export function splitStatements(text: string): Statement[] {
  const statements: Statement[] = [];
  let state: State = 'start';
  let start: number | undefined;
  let end = 0;
  const finish = (): void => {
    if (start !== undefined) {
      statements.push({ start, end, text: text.slice(start, end) });
    }
    start = undefined;
    state = 'start';
  };
  for (const token of sqlTokens(text)) {
    if (token.kind === 'comment') {
      continue;
    }
    const isEnd =
      token.kind === 'semicolon' && (SINGLE_STATEMENT_STATES.has(state) || state === 'triggerEnd');
    if (isEnd) {
      end = token.end;
      finish();
      continue;
    }
    start ??= token.start;
    end = token.end;
    state = nextState(state, token, text);
  }
  finish();
  return statements;
}

/**
 * The statement that a cursor at `offset` means: the one around it, the one that ends earlier on its line, or,
 * from inside a comment, the one below it. On an empty line there is none.
 */
export function statementAt(text: string, offset: number): Statement | undefined {
  const statements = splitStatements(text);
  const around = statements.findLast(({ start, end }) => start <= offset && offset <= end);
  if (around !== undefined) {
    return around;
  }
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const before = statements.findLast(({ end }) => end <= offset);
  if (before !== undefined && before.end > lineStart) {
    return before;
  }
  const next = statements.find(({ start }) => start > offset);
  return next !== undefined && (isInComment(text, offset) || next.start < lineEnd(text, offset))
    ? next
    : undefined;
}

/**
 * What a run means: the statements that the selection holds (the part selected, even of one statement), else the
 * statement at the cursor.
 */
export function statementsToRun(
  text: string,
  selection: { readonly start: number; readonly end: number },
): Statement[] {
  if (selection.start === selection.end) {
    const statement = statementAt(text, selection.start);
    return statement === undefined ? [] : [statement];
  }
  return splitStatements(text.slice(selection.start, selection.end)).map((statement) => ({
    ...statement,
    start: statement.start + selection.start,
    end: statement.end + selection.start,
  }));
}

/** From the place that SQLite names to the end of that token; to the end of the statement when it names none. */
export function errorRange(statement: string, offset: number | undefined): { start: number; end: number } {
  if (offset === undefined || offset >= statement.length) {
    return { start: 0, end: statement.length };
  }
  const token = sqlTokens(statement).find(({ end }) => end > offset);
  return { start: offset, end: token === undefined ? offset + 1 : token.end };
}

function nextState(state: State, token: SqlToken, text: string): State {
  const transitions = TRANSITIONS[state];
  const word = token.kind === 'word' ? text.slice(token.start, token.end).toLowerCase() : token.kind;
  return (Object.hasOwn(transitions, word) ? transitions[word] : undefined) ?? transitions.other;
}

function isInComment(text: string, offset: number): boolean {
  return sqlTokens(text).some(
    ({ kind, start, end }) => kind === 'comment' && start <= offset && offset <= end,
  );
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}
