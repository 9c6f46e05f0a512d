import type { Credential } from '../engine/syncTypes';
import type { FailureCode } from './failures';
import { classify } from './responseRules';
import type { Route } from './routes';

/** How much of a body may be looked at for its `detail` or its title. */
const HEAD_BYTES = 64 * 1024;

/** What an answer that is no success means for the request that led to it. */
export function failureOf(
  response: Response,
  answer: { readonly isJson: boolean; readonly isHtml: boolean; readonly body: Uint8Array },
  route: Route,
  credential: Credential | undefined,
): FailureCode {
  const code = classify({
    status: response.status,
    isJson: answer.isJson && !answer.isHtml,
    isHtml: answer.isHtml,
    detail: detailOf(answer.body),
    path: route.path,
    presence: route.presence ?? 'core',
    hasRetryAfter: response.headers.has('retry-after'),
  });
  return code === 'keyRejected' && credential?.kind === 'token' ? 'keyExpired' : code;
}

/** Whether a body is a web page, by its header or its first character. */
export function looksLikeHtml(body: Uint8Array, contentType: string | null): boolean {
  const first = body.find((byte) => byte > 0x20 && byte !== 0xef && byte !== 0xbb && byte !== 0xbf);
  return first === 0x3c /* < */ || /\bhtml\b/i.test(contentType ?? '');
}

/** FastAPI's `detail` when it is text, else ''. */
function detailOf(body: Uint8Array): string {
  try {
    const parsed = JSON.parse(headOf(body)) as { readonly detail?: unknown } | null;
    return typeof parsed?.detail === 'string' ? parsed.detail : '';
  } catch {
    return ''; // Not JSON: then there is no detail.
  }
}

/** The title of a web page, shortened; undefined when there is none. */
export function titleOf(body: Uint8Array): string | undefined {
  const title = /<title[^>]*>([^<]{1,200})/i.exec(headOf(body))?.[1]?.replace(/\s+/g, ' ').trim();
  return title === undefined || title === '' ? undefined : title.slice(0, 60);
}

function headOf(body: Uint8Array): string {
  return new TextDecoder().decode(body.subarray(0, HEAD_BYTES));
}
