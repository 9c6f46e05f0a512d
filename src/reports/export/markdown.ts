/** A table as Markdown, without a line end behind its last row. */
export function markdownTable(
  titles: readonly string[],
  aligns: readonly ('start' | 'end')[],
  rows: readonly (readonly string[])[],
): string {
  return [
    line(titles.map(escaped)),
    line(aligns.map((align) => (align === 'end' ? '--:' : '---'))),
    ...rows.map((cells) => line(cells.map(escaped))),
  ].join('\n');
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Text as Markdown shows it: one line, and nothing in it becomes markup. */
export function escaped(text: string): string {
  return text.replace(/\s+/gu, ' ').replace(/[\\`*_[\]<>|#~&]|(?<=^)[-+](?= )|(?<=^\d+)\./gu, '\\$&');
}
