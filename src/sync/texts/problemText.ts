import * as l10n from '@vscode/l10n';
import type { StreamProblem } from '../../store/runs';
import type { FailureCode } from '../openwebui/failures';
import { formatDateTime, STREAM_WORDS } from '../words';
import { translated } from '../../language/translated';

/** Why a stream cannot be read, in a few words; a code that is not here speaks for itself. */
const REASONS = translated<Partial<Record<FailureCode, string>>>(() => ({
  chatAccessOff: l10n.t('chat access is off'),
  forbidden: l10n.t('the account may not read them'),
  endpointNotAllowed: l10n.t('the key may not read them'),
  notAdmin: l10n.t('the account is no administrator'),
  unsupported: l10n.t('this version of the server has none'),
  refusedByProxy: l10n.t('a proxy refuses them'),
  htmlInsteadOfJson: l10n.t('a web page comes instead'),
  unexpectedAnswer: l10n.t('the answer is in a form that is not known'),
  endlessList: l10n.t('the list has no end'),
}));

/** `chat access is off` */
export function problemReason({ code }: StreamProblem): string {
  return REASONS[code as FailureCode] ?? code;
}

/** `Chats cannot be read since 2026-11-01` */
export function problemTitle({ stream, since }: StreamProblem, zone: string): string {
  return l10n.t(
    '{0} cannot be read since {1}',
    STREAM_WORDS[stream],
    formatDateTime(since * 1000, zone).slice(0, 10),
  );
}

/** `Chats cannot be read since 2026-11-01 (chat access is off)` */
export function problemText(problem: StreamProblem, zone: string): string {
  return `${problemTitle(problem, zone)} (${problemReason(problem)})`;
}
