/**
 * `text` is a string literal, `name` a quoted identifier, `parameter` a named one with its sign; `other` is one
 * character of punctuation, or a number's part that no word begins with.
 */
export type SqlTokenKind = 'word' | 'semicolon' | 'comment' | 'text' | 'name' | 'parameter' | 'other';

/** A half-open range of UTF-16 offsets. */
export interface SqlToken {
  readonly kind: SqlTokenKind;
  readonly start: number;
  readonly end: number;
}

/**
 * SQLite's lexical shapes, tried in order. Strings and comments that never end reach to the end of the text,
 * so that a half-typed statement does not borrow a `;` from inside them.
 */
const SHAPES: readonly (readonly [SqlTokenKind, RegExp])[] = [
  ['comment', /--[^\n]*/y],
  ['comment', /\/\*[^]*?(?:\*\/|$)/y],
  ['text', /'[^']*(?:''[^']*)*(?:'|$)/y],
  ['name', /"[^"]*(?:""[^"]*)*(?:"|$)/y],
  ['name', /`[^`]*(?:``[^`]*)*(?:`|$)/y],
  ['name', /\[[^\]]*(?:\]|$)/y],
  ['semicolon', /;/y],
  ['parameter', /[:@$][\p{L}\p{N}_$]+/uy],
  ['word', /[\p{L}\p{N}_$]+/uy],
];

/** The tokens of a text in their order, comments among them. */
export function sqlTokens(text: string): SqlToken[] {
  const found: SqlToken[] = [];
  for (let position = 0; position < text.length;) {
    if (/\s/.test(text.charAt(position))) {
      position += 1;
      continue;
    }
    const token = tokenAt(text, position);
    found.push(token);
    position = token.end;
  }
  return found;
}

/** Names of a statement's parameters with their signs, each once, in the order of the text: `:from`, `@limit`. */
export function parameterNames(sql: string): string[] {
  const names = sqlTokens(sql)
    .filter(({ kind }) => kind === 'parameter')
    .map(({ start, end }) => sql.slice(start, end));
  return [...new Set(names)];
}

function tokenAt(text: string, start: number): SqlToken {
  for (const [kind, shape] of SHAPES) {
    shape.lastIndex = start;
    if (shape.test(text)) {
      return { kind, start, end: shape.lastIndex };
    }
  }
  return { kind: 'other', start, end: start + 1 };
}
