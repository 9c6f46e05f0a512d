import type { Formatter } from '../format';
import { dayOfIso } from '../days';
import type { ReportRow, SentenceModel } from '../reportModel';

const FULL_SYNC = 'A full sync reads them again.';

/** What "unused" means in this mirror, from the row of `since.sql`. */
export function knownSince(row: ReportRow | undefined, format: Formatter): readonly SentenceModel[] {
  const unread = Number(row?.['unread_chats'] ?? 0);
  const unreadDeleted = Number(row?.['unread_deleted_chats'] ?? 0);
  const count = (value: number): string => format.number(value, 'integer');
  const sentences: SentenceModel[] = [];
  if (unread > 0) {
    sentences.push({
      text:
        row?.['is_unknown'] === 1
          ? `What messages use is not known yet. Chats that were read before it was noted: ${count(unread)}. ${FULL_SYNC}`
          : `Use is known since ${dayText(row, format)}. Chats that were read before it was noted: ${count(unread)}. ${FULL_SYNC}`,
      tone: 'alert',
      details: [],
    });
  } else {
    sentences.push({
      text: `Use is known since ${dayText(row, format)}, the first message in the mirror.`,
      tone: 'plain',
      details: [],
    });
  }
  if (unreadDeleted > 0) {
    sentences.push({
      text: `Deleted chats whose use was never read: ${count(unreadDeleted)}. It stays unknown.`,
      tone: 'notable',
      details: [],
    });
  }
  sentences.push({
    text: 'Never used means: by no message in the mirror. Temporary chats, and chats that were deleted before the first sync, are not in it.',
    tone: 'plain',
    details: [],
  });
  return sentences;
}

function dayText(row: ReportRow | undefined, format: Formatter): string {
  const day = dayOfIso(String(row?.['known_from'] ?? ''));
  return day === undefined ? 'the next sync' : format.day(day);
}
