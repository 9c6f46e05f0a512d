import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { AzureError } from './azureErrors';
import { parseExactly } from './exactJson';

/** What Azure answered, whatever the status. */
export interface AzureAnswer {
  readonly status: number;
  readonly headers: Iterable<[string, string]>;
  readonly text: string;
}

/** What was asked about, for the sentences of failures. */
export interface Subject {
  /** As Azure names it, such as `subscriptions/…`. */
  readonly place: string;
  /** What for: decides which role is missing. */
  readonly wish: 'costs' | 'list';
}

const errorSchema = v.object({
  error: v.object({ code: v.optional(v.string()), message: v.string() }),
});

/**
 * The JSON of an answer; see {@link parseExactly} for its numbers.
 * @throws AzureError for any status but 200, and for a body that is no JSON object
 */
export function jsonOf(answer: AzureAnswer, subject: Subject): object {
  if (answer.status !== 200) {
    throw failureOf(answer, subject);
  }
  const text = answer.text.trim();
  if (text === '') {
    throw unusable(l10n.t('it is empty'));
  }
  const value = parseJson(text);
  if (value === undefined) {
    // Proxies and sign-in pages answer with 200 too.
    throw unusable(
      text.startsWith('<') ? l10n.t('it is a web page, as of a proxy') : l10n.t('it is no JSON'),
    );
  }
  if (typeof value !== 'object' || value === null) {
    throw unusable(l10n.t('it is no JSON object'));
  }
  return value;
}

/** An answer of status 200 that is not what was asked for. */
export function unusable(reason: string): AzureError {
  return new AzureError('answer', l10n.t('Azure’s answer cannot be used: {0}. Nothing was changed.', reason));
}

/** What an answer of another status than 200 means. */
export function failureOf(answer: AzureAnswer, { place, wish }: Subject): AzureError {
  const { status } = answer;
  const said = saidIn(answer);
  const detail = said === undefined ? {} : { detail: said };
  switch (status) {
    case 401:
      return new AzureError('refused', refusedText(place, wish), detail);
    case 403:
      return new AzureError('forbidden', forbiddenText(place, wish), detail);
    case 404:
      return new AzureError(
        'unknown',
        l10n.t('Azure knows no {0}. Check the scope, the tenant and who is signed in.', place),
        detail,
      );
  }
  if (status >= 500) {
    const text =
      said === undefined
        ? l10n.t('Azure has trouble (status {0}). Try again later.', status)
        : l10n.t('Azure has trouble (status {0}: {1}). Try again later.', status, said);
    return new AzureError('server', text, detail);
  }
  if (status < 400 || said === undefined) {
    return unusable(l10n.t('its status is {0}', status));
  }
  return new AzureError('query', l10n.t('Azure refuses the query: {0}', said), detail);
}

function refusedText(place: string, wish: Subject['wish']): string {
  return wish === 'list'
    ? l10n.t('Azure refuses the sign-in. Sign in again.')
    : l10n.t(
        'Azure refuses the sign-in to {0}. Sign in again. If that does not help, charges are hidden: the owner of the billing account has to allow "view charges".',
        place,
      );
}

function forbiddenText(place: string, wish: Subject['wish']): string {
  return wish === 'list'
    ? l10n.t('The role to list {0} is missing. Ask for Reader on it.', place)
    : l10n.t('The role to read the costs of {0} is missing. Ask for Cost Management Reader on it.', place);
}

/** Azure's own words in an answer that is an error. */
function saidIn({ text }: AzureAnswer): string | undefined {
  const parsed = v.safeParse(errorSchema, parseJson(text));
  return parsed.success ? parsed.output.error.message.replace(/\s+/gu, ' ').trim() : undefined;
}

function parseJson(text: string): unknown {
  try {
    return parseExactly(text);
  } catch {
    // The caller says what is there instead.
    return undefined;
  }
}
