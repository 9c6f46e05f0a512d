/** A page of plain text: an underlined title, then its sections, each after an empty line; empty ones are left out. */
export function textDocument(title: string, sections: readonly (readonly string[])[]): string {
  return `${[[title, '='.repeat(title.length)], ...sections]
    .filter((section) => section.length > 0)
    .map((section) => section.join('\n'))
    .join('\n\n')}\n`;
}

/** A section of such a page: a heading and lines below it; none where there are no lines. */
export function listSection(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [heading, ...lines.map((line) => `  ${line}`)];
}

const LEAST_LABEL_ROOM = 10;

/** Facts, one a line, each after its label; the labels take equal room. */
export function labelledLines(facts: readonly (readonly [label: string, fact: string])[]): string[] {
  const room = Math.max(LEAST_LABEL_ROOM, ...facts.map(([label]) => label.length + 1));
  return facts.map(([label, fact]) => label.padEnd(room) + fact);
}
