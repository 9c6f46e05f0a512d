import type { Area, ConnectionReport } from '../../sync/openwebui/connectionReport';
import type { PrivacyMode } from '../../store/instances/privacy';
import { countOf } from '../../sync/words';
import { PRIVACY_WORDS } from '../../sync/privacyWords';

const AREA_WORDS: Readonly<Record<Area, string>> = {
  users: 'users',
  groups: 'groups',
  chats: 'chats with their messages',
  feedback: 'ratings',
  models: 'models',
  knowledge_bases: 'knowledge bases',
  files: 'files (names and sizes)',
};

/** `Connected to fasgpt (Open WebUI 0.9.6).` */
export function connectedText(name: string, report: ConnectionReport): string {
  const version = report.version === undefined ? '' : ` (Open WebUI ${report.version})`;
  return `Connected to ${name}${version}.`;
}

/** What the credential may read, and one sentence for each area that it may not. */
export function accessLines(report: ConnectionReport): readonly string[] {
  const readable = report.areas
    .filter(({ access }) => access === 'readable')
    .map(({ area }) => AREA_WORDS[area]);
  const lines = readable.length === 0 ? [] : [`The credential may read: ${readable.join(', ')}.`];
  for (const access of report.areas) {
    if ('problem' in access) {
      lines.push(`Not ${AREA_WORDS[access.area]}: ${access.problem.message}`);
    }
  }
  return lines;
}

/** What the user should know before the first sync, in short paragraphs. */
export function firstSyncText(
  report: ConnectionReport,
  dataFolder: string,
  privacy: PrivacyMode = 'full',
): string {
  const readable = report.areas.filter(({ access }) => access === 'readable' || access === 'untested');
  const stored = readable.map(({ area }) => AREA_WORDS[area]).join(', ');
  return [
    `Stored: ${stored}. Nothing leaves this computer.`,
    ...(privacy === 'full'
      ? []
      : [`Privacy: ${PRIVACY_WORDS[privacy].name}. ${PRIVACY_WORDS[privacy].holds}`]),
    `Where: ${dataFolder}`,
    `First sync: ${estimateText(report)} Later syncs fetch only what changed.`,
    ...accessLines(report),
  ].join('\n\n');
}

function estimateText({ estimate }: ConnectionReport): string {
  if (estimate === undefined) {
    return 'its size is not known yet; you can cancel it at any time.';
  }
  const { users, chats, calls, minutes } = estimate;
  return `about ${countOf(calls, 'call')} and ${countOf(Math.max(1, Math.ceil(minutes)), 'minute')}, for ${countOf(users, 'user')} with about ${countOf(chats, 'chat')}.`;
}
