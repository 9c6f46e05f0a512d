import type { StreamProblem } from '../../store/runs';
import type { FailureCode } from '../openwebui/failures';
import { formatDateTime, STREAM_WORDS } from '../words';

/** Why a stream cannot be read, in a few words; a code that is not here speaks for itself. */
const REASONS: Partial<Record<FailureCode, string>> = {
  chatAccessOff: 'chat access is off',
  forbidden: 'the account may not read them',
  endpointNotAllowed: 'the key may not read them',
  notAdmin: 'the account is no administrator',
  unsupported: 'this version of the server has none',
  refusedByProxy: 'a proxy refuses them',
  htmlInsteadOfJson: 'a web page comes instead',
  unexpectedAnswer: 'the answer is in a form that is not known',
  endlessList: 'the list has no end',
};

/** `chat access is off` */
export function problemReason({ code }: StreamProblem): string {
  return REASONS[code as FailureCode] ?? code;
}

/** `Chats cannot be read since 2026-11-01` */
export function problemTitle({ stream, since }: StreamProblem, zone: string): string {
  return `${STREAM_WORDS[stream]} cannot be read since ${formatDateTime(since * 1000, zone).slice(0, 10)}`;
}

/** `Chats cannot be read since 2026-11-01 (chat access is off)` */
export function problemText(problem: StreamProblem, zone: string): string {
  return `${problemTitle(problem, zone)} (${problemReason(problem)})`;
}
