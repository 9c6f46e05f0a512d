/** What `--json` writes to standard output: one document, for people to read too. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
