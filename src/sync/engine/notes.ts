import * as l10n from '@vscode/l10n';
import type { KnownProblem } from '../../store/mirrorFacts';
import type { EpochSeconds, StreamName } from '../../store/records';
import type { RunNote } from '../../store/runs';
import { versionNote } from '../openwebui/versionStanding';
import { countOf, formatDuration, STREAM_WORDS } from '../words';

const DAY = 86_400;
const MINUTE_MS = 60_000;
/** Clocks further apart than this make times in the mirror hard to compare with other systems'. */
const NOTED_SKEW_MS = 5 * MINUTE_MS;

/** What a run found out that its numbers do not tell. */
export interface RunFindings {
  readonly startedAt: EpochSeconds;
  readonly now: EpochSeconds;
  readonly skewMs?: number | undefined;
  readonly serverVersion?: string | undefined;
  /** Version at the run before. */
  readonly versionBefore?: string | undefined;
  /** Streams that cannot be read. */
  readonly problems: ReadonlyMap<StreamName, KnownProblem>;
  /** Chats that this run tried and could not read. */
  readonly chatsSetAside: number;
  /** Chats that were tried before, could not be read, and were not tried by this run. */
  readonly chatsLeftOut: number;
}

/** Sentences for a run's record, the most important one first. */
export function notesOf(findings: RunFindings): readonly RunNote[] {
  const notes = [
    skewNote(findings),
    findings.serverVersion === undefined ? undefined : versionNote(findings.serverVersion),
    versionChange(findings),
    setAsideNote(findings),
    leftOutNote(findings),
  ];
  return [...problemNotes(findings), ...notes.filter((note) => note !== undefined)];
}

/** Said of clocks that are too far apart. */
export function skewNote({ skewMs }: Pick<RunFindings, 'skewMs'>): RunNote | undefined {
  if (skewMs === undefined || Math.abs(skewMs) <= NOTED_SKEW_MS) {
    return undefined;
  }
  const minutes = countOf(Math.round(Math.abs(skewMs) / MINUTE_MS), 'minute');
  return {
    code: 'clockSkew',
    message:
      skewMs > 0
        ? l10n.t(
            'The server’s clock is {0} ahead. Times are the server’s; set the clock that is wrong.',
            minutes,
          )
        : l10n.t(
            'The server’s clock is {0} behind. Times are the server’s; set the clock that is wrong.',
            minutes,
          ),
  };
}

function versionChange({ serverVersion, versionBefore }: RunFindings): RunNote | undefined {
  if (serverVersion === undefined || versionBefore === undefined || serverVersion === versionBefore) {
    return undefined;
  }
  return {
    code: 'versionChanged',
    message: l10n.t(
      'Open WebUI changed from {0} to {1} since the last sync.',
      versionBefore.slice(0, 40),
      serverVersion.slice(0, 40),
    ),
  };
}

/** Streams whose trouble is older than this run; that of this run stands at the stream itself. */
function problemNotes({ problems, startedAt, now }: RunFindings): readonly RunNote[] {
  return [...problems]
    .filter(([, { since }]) => since < startedAt)
    .map(([stream, { code, since }]) => ({
      code: 'streamUnreadable',
      message: l10n.t(
        '{0}: unreadable for {1} ({2}). What was mirrored before is kept.',
        STREAM_WORDS[stream],
        ageText(now - since),
        code,
      ),
    }));
}

function ageText(seconds: number): string {
  const days = Math.floor(seconds / DAY);
  return days >= 2 ? countOf(days, 'day') : formatDuration(seconds * 1000);
}

function setAsideNote({ chatsSetAside }: RunFindings): RunNote | undefined {
  if (chatsSetAside === 0) {
    return undefined;
  }
  return {
    code: 'chatsSetAside',
    message: l10n.t(
      '{0} could not be read and will be tried again; the table quarantine says why.',
      countOf(chatsSetAside, 'chat'),
    ),
  };
}

function leftOutNote({ chatsLeftOut }: RunFindings): RunNote | undefined {
  if (chatsLeftOut === 0) {
    return undefined;
  }
  return {
    code: 'chatsLeftOut',
    message: l10n.t(
      '{0} could not be read three times and will be tried again within a week; the table quarantine names them.',
      countOf(chatsLeftOut, 'chat'),
    ),
  };
}
