/** Longest part that a name takes from data, in characters. */
const MAX_NAME = 60;

/** File name of an exported report: `fasgpt-usage-2026-01-30.html`; `all-usage-...` for all instances. */
export function exportFileName(
  report: { readonly reportId: string; readonly instanceName?: string | undefined },
  day: string,
): string {
  const name = report.instanceName === undefined ? 'all' : safeName(report.instanceName);
  return `${name}-${report.reportId}-${day}.html`;
}

/** Letters and digits of any script stay; all else, which some file system or shell gives a meaning, becomes a dash. */
function safeName(name: string): string {
  const safe = name
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}_]+/gu, '-')
    .replace(/^-+|-+$/gu, '')
    .slice(0, MAX_NAME)
    .toLowerCase();
  return safe === '' ? 'instance' : safe;
}
