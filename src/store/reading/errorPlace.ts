/** More places than this are not tried, so that a long statement fails as fast as a short one. */
const MAX_PLACES = 200;

/** Messages that name what they complain about. */
const NAMING = [
  /^no such (?:table|column|function|collation sequence|index|view): "?([^"]+?)"?(?: - .*)?$/u,
  /^ambiguous column name: (.+)$/u,
  /^wrong number of arguments to function (.+)\(\)$/u,
  /^misuse of (?:aggregate|window function):? (.+?)(?:\(\))?$/u,
  /has no column named (.+)$/u,
];

/**
 * Where in a statement an error stands, in UTF-16 units; undefined where it cannot be told. sql.js does not pass
 * SQLite's own offset on, so it is found by the message.
 * @param messageOf compiles a text and returns SQLite's message, or undefined when it compiles.
 */
export function placeOfError(
  sql: string,
  message: string,
  messageOf: (sql: string) => string | undefined,
): number | undefined {
  if (message === 'incomplete input') {
    return sql.trimEnd().length;
  }
  const unrecognized = /^unrecognized token: "(.+)"$/su.exec(message)?.[1];
  if (unrecognized !== undefined) {
    return foundAt(sql.indexOf(unrecognized));
  }
  const near = /^near "(.+)": syntax error$/su.exec(message)?.[1];
  if (near !== undefined) {
    return placeOfSyntaxError(sql, near, message, messageOf);
  }
  const name = NAMING.map((pattern) => pattern.exec(message)?.[1]).find((match) => match !== undefined);
  return name === undefined ? undefined : placeOfName(sql, name);
}

/** SQLite's parser stops at the first bad token: the shortest beginning that fails in the same way ends with it. */
function placeOfSyntaxError(
  sql: string,
  token: string,
  message: string,
  messageOf: (sql: string) => string | undefined,
): number | undefined {
  let place = sql.indexOf(token);
  for (let tried = 0; place >= 0 && tried < MAX_PLACES; tried++) {
    if (messageOf(sql.slice(0, place + token.length)) === message) {
      return place;
    }
    place = sql.indexOf(token, place + 1);
  }
  return undefined;
}

/** A name as a whole word; of `a.b` at least `b`. */
function placeOfName(sql: string, name: string): number | undefined {
  for (const wanted of [name, name.slice(name.lastIndexOf('.') + 1)]) {
    const escaped = wanted.replaceAll(/[\\^$.*+?()[\]{}|/-]/gu, String.raw`\$&`);
    const place = sql.search(new RegExp(String.raw`(?<![\w$])${escaped}(?![\w$])`, 'iu'));
    if (place >= 0) {
      return place;
    }
  }
  return undefined;
}

function foundAt(place: number): number | undefined {
  return place < 0 ? undefined : place;
}
