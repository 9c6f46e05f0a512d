import { cutText } from './cutText';

/** Longest part that a name takes from data, in characters. */
const MAX_NAME = 60;

/** What an exported file is named by. */
export interface ExportName {
  readonly reportId: string;
  /** What was read instead of the mirror: `demo`, or a warehouse. */
  readonly source?: string | undefined;
  /** Absent: all instances. */
  readonly instanceName?: string | undefined;
  /** Table or chart; absent: the whole report. */
  readonly blockId?: string | undefined;
  /** `YYYY-MM-DD`; absent where the folder has it. */
  readonly day?: string | undefined;
  readonly isPseudonymised?: boolean | undefined;
}

/** `fasgpt-overview-2026-01-30.html`; `all-overview-...` for all instances. */
export function exportFileName(
  { reportId, source, instanceName, blockId, day, isPseudonymised = false }: ExportName,
  extension: string,
): string {
  const parts = [
    source === undefined ? undefined : safeName(source),
    instanceName === undefined ? ALL : instancePart(instanceName),
    safeName(reportId),
    blockId === undefined ? undefined : safeName(blockId),
    isPseudonymised ? 'pseudonyms' : undefined,
    day,
  ];
  return `${parts.filter((part) => part !== undefined).join('-')}.${extension}`;
}

/** Stands for all instances. */
const ALL = 'all';

/** One that is called so is not taken for all of them. */
function instancePart(name: string): string {
  const safe = safeName(name);
  return safe === ALL ? `instance-${safe}` : safe;
}

/** Letters and digits of any script stay; all else, which some file system or shell gives a meaning, becomes a dash. */
export function safeName(name: string): string {
  const plain = name
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}_]+/gu, '-')
    .replace(/^-+|-+$/gu, '');
  const safe = cutText(plain, MAX_NAME).toLowerCase();
  return safe === '' ? 'instance' : safe;
}
