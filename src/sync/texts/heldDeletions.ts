import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import type { HoldReason } from '../../store/mirrorFacts';
import { STREAMS, type StreamName } from '../../store/records';
import { rowsOf, type ReportReader } from '../../store/resultSet';
import type { RunSummary } from '../../store/runs';
import { countOf, ROW_NOUNS, STREAM_WORDS } from '../words';
import { textDocument } from './textDocument';
import { translated } from '../../language/translated';

const REASONS = translated<Readonly<Record<HoldReason, string>>>(() => ({
  many: l10n.t('too many of them vanished at once'),
  emptied: l10n.t('the server shows none of them any more'),
  serverReplaced: l10n.t('the server looks like another one than before'),
  serverRestored: l10n.t('the server looks like an older state of itself'),
}));

/** A row that the server does not show any more, and that was kept. */
export interface HeldDeletion {
  readonly stream: StreamName;
  /** Name or title, where the mirror knows one; else the server's id. */
  readonly label: string;
  /** Of a chat. */
  readonly owner: string | null;
  readonly reason: HoldReason;
  /** Local text. */
  readonly since: string;
}

const HELD = `
  SELECT h.stream AS stream, h.reason AS reason, h.since_at AS since, o.name AS owner,
    coalesce(u.name, g.name, c.title, m.name, k.name, f.filename, h.remote_id) AS label
  FROM held_deletions h
    LEFT JOIN users u ON h.stream = 'users' AND u.instance_id = h.instance_id AND u.remote_id = h.remote_id
    LEFT JOIN user_groups g ON h.stream = 'groups' AND g.instance_id = h.instance_id AND g.remote_id = h.remote_id
    LEFT JOIN chats c ON h.stream = 'chats' AND c.instance_id = h.instance_id AND c.remote_id = h.remote_id
    LEFT JOIN users o ON o.id = c.user_id
    LEFT JOIN models m ON h.stream = 'models' AND m.instance_id = h.instance_id AND m.model_id = h.remote_id
    LEFT JOIN knowledge_bases k
      ON h.stream = 'knowledge_bases' AND k.instance_id = h.instance_id AND k.remote_id = h.remote_id
    LEFT JOIN files f ON h.stream = 'files' AND f.instance_id = h.instance_id AND f.remote_id = h.remote_id
  WHERE h.instance_id = $instance AND h.is_deleted = 0
  ORDER BY h.stream, owner COLLATE NOCASE, label COLLATE NOCASE, h.remote_id`;

const held = v.object({
  stream: v.picklist(STREAMS),
  label: v.string(),
  owner: v.nullable(v.string()),
  reason: v.picklist(Object.keys(REASONS) as HoldReason[]),
  since: v.string(),
});

/** What the brake holds back of an instance. @throws NoDatabaseError before the first sync */
export async function readHeldDeletions(
  reader: ReportReader,
  instanceId: number,
): Promise<readonly HeldDeletion[]> {
  return v.parse(v.array(held), rowsOf(await reader.query(HELD, { $instance: instanceId })));
}

/** `Chats: 60 held back since 2026-11-01 14:30 because too many of them vanished at once`, then each by name. */
export function heldDeletionsText(instanceName: string, deletions: readonly HeldDeletion[]): string {
  return textDocument(l10n.t('Deletions of {0} that were held back', instanceName), [
    [
      l10n.t(
        'The server does not show these any more. They were kept as they are, since so many at once may be a mistake:\na backup, another server at this address, or an account that lost its rights. Look at the server first.',
      ),
    ],
    ...STREAMS.map((stream) => sectionOf(deletions.filter((deletion) => deletion.stream === stream))),
  ]);
}

/** Whether all that a run lacks is that deletions wait for a person: another sync would change nothing. */
export function isOnlyHeldBack({ status, counts, streams }: RunSummary): boolean {
  return status === 'partial' && counts.heldBack > 0 && streams.every((part) => part.status === 'ok');
}

function sectionOf(deletions: readonly HeldDeletion[]): string[] {
  const [first] = deletions;
  if (first === undefined) {
    return [];
  }
  return [
    l10n.t(
      '{0} ({1}), since {2}: {3}',
      STREAM_WORDS[first.stream],
      deletions.length,
      first.since.slice(0, 'YYYY-MM-DD HH:MM'.length),
      REASONS[first.reason],
    ),
    ...deletions.map(({ label, owner }) => `  ${label}${owner === null ? '' : ` (${owner})`}`),
  ];
}

/** `3 users, 57 chats` */
export function heldAmounts(deletions: readonly HeldDeletion[]): string {
  return STREAMS.map((stream) => [stream, deletions.filter((item) => item.stream === stream).length] as const)
    .filter(([, count]) => count > 0)
    .map(([stream, count]) => countOf(count, ROW_NOUNS[stream]))
    .join(', ');
}
