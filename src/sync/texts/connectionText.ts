import * as l10n from '@vscode/l10n';
import type { Area, ConnectionReport } from '../openwebui/connectionReport';
import type { PrivacyMode } from '../../store/instances/privacy';
import { skewNote } from '../engine/notes';
import { versionNote } from '../openwebui/versionStanding';
import { PRIVACY_WORDS } from '../privacyWords';
import { countOf } from '../words';
import { translated } from '../../language/translated';

const AREA_WORDS = translated<Readonly<Record<Area, string>>>(() => ({
  users: l10n.t('users'),
  groups: l10n.t('groups'),
  chats: l10n.t('chats with their messages'),
  feedback: l10n.t('ratings'),
  models: l10n.t('models'),
  knowledge_bases: l10n.t('knowledge bases'),
  files: l10n.t('files (names and sizes)'),
}));

/** `Connected to fasgpt (Open WebUI 0.9.6).` */
export function connectedText(name: string, report: ConnectionReport): string {
  return report.version === undefined
    ? l10n.t('Connected to {0}.', name)
    : l10n.t('Connected to {0} (Open WebUI {1}).', name, report.version);
}

/** What the credential may read, and one sentence for each area that it may not. */
export function accessLines(report: ConnectionReport): readonly string[] {
  const readable = report.areas
    .filter(({ access }) => access === 'readable')
    .map(({ area }) => AREA_WORDS[area]);
  const lines = readable.length === 0 ? [] : [l10n.t('The credential may read: {0}.', readable.join(', '))];
  for (const access of report.areas) {
    if ('problem' in access) {
      lines.push(l10n.t('Not {0}: {1}', AREA_WORDS[access.area], access.problem.message));
    }
  }
  return lines;
}

/** {@link accessLines}, and what else of the server is worth a sentence: its clock, its version. */
export function connectionLines(report: ConnectionReport): readonly string[] {
  const notes = [skewNote(report), report.version === undefined ? undefined : versionNote(report.version)];
  return [...accessLines(report), ...notes.flatMap((note) => (note === undefined ? [] : [note.message]))];
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
    l10n.t('Stored: {0}. Nothing leaves this computer.', stored),
    ...(privacy === 'full'
      ? []
      : [l10n.t('Privacy: {0}. {1}', PRIVACY_WORDS[privacy].name, PRIVACY_WORDS[privacy].holds)]),
    l10n.t('Where: {0}', dataFolder),
    l10n.t('First sync: {0} Later syncs fetch only what changed.', estimateText(report)),
    ...accessLines(report),
  ].join('\n\n');
}

function estimateText({ estimate }: ConnectionReport): string {
  if (estimate === undefined) {
    return l10n.t('its size is not known yet; you can cancel it at any time.');
  }
  const { users, chats, calls, minutes } = estimate;
  return l10n.t(
    'about {0} and {1}, for {2} with about {3}.',
    countOf(calls, 'call'),
    countOf(Math.max(1, Math.ceil(minutes)), 'minute'),
    countOf(users, 'user'),
    countOf(chats, 'chat'),
  );
}
