const INDENT = '  ';

/**
 * JSON that reads well in diffs: a line for each field and item, but one for a list inside of a list, which is a row of a
 * result.
 */
export function notebookJson(value: unknown, indent = ''): string {
  const inner = indent + INDENT;
  if (Array.isArray(value)) {
    const items = value.map((item) =>
      Array.isArray(item) ? JSON.stringify(item) : notebookJson(item, inner),
    );
    return block('[', items, ']', indent);
  }
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .map(([name, field]) => `${JSON.stringify(name)}: ${notebookJson(field, inner)}`);
    return block('{', fields, '}', indent);
  }
  return JSON.stringify(value);
}

function block(open: string, parts: readonly string[], close: string, indent: string): string {
  return parts.length === 0
    ? open + close
    : `${open}\n${parts.map((part) => indent + INDENT + part).join(',\n')}\n${indent}${close}`;
}
