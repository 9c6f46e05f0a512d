import * as l10n from '@vscode/l10n';
import type { Instance } from '../../store/instances/instance';
import { isUnshowable } from '../../store/instances/instanceName';
import { isLoopback } from './seedFile';

/** What is wrong with an answer: an `error` stops, a `warning` is told and may be passed. */
export interface Objection {
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

/**
 * The base URL as it is kept: the scheme completed, no trailing slash, query or hash.
 * People paste what the browser shows: a page such as `/auth` or `/c/<chat>` is cut off.
 * @returns undefined when the text is no web address
 */
export function baseUrlFrom(typed: string): string | undefined {
  const text = typed.trim();
  const complete = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `${guessScheme(text)}://${text}`;
  if (text === '' || /\s/.test(text) || !URL.canParse(complete)) {
    return undefined;
  }
  const url = new URL(complete);
  if ((url.protocol !== 'https:' && url.protocol !== 'http:') || url.hostname === '') {
    return undefined;
  }
  const path = url.pathname
    .replace(/\/(?:auth|c\/[^/]+|admin(?:\/.*)?|api(?:\/v1)?)?\/?$/, '')
    .replace(/\/+$/, '');
  return `${url.protocol}//${userInfo(url)}${url.host}${path}`;
}

/** Kept so that {@link objectToUrl} can refuse it by name. */
function userInfo(url: URL): string {
  return url.username === '' && url.password === '' ? '' : `${url.username}@`;
}

function guessScheme(text: string): 'http' | 'https' {
  return isLoopback(`http://${text}`) ? 'http' : 'https';
}

/** What to say about an address while it is typed. */
export function objectToUrl(typed: string, others: readonly Instance[]): Objection | undefined {
  const url = baseUrlFrom(typed);
  if (url === undefined) {
    return { severity: 'error', message: l10n.t('Enter a web address such as https://chat.example.org.') };
  }
  if (new URL(url).username !== '') {
    return { severity: 'error', message: l10n.t('Leave the user name and password out of the address.') };
  }
  const twin = others.find((other) => other.url === url);
  if (twin !== undefined) {
    return { severity: 'warning', message: l10n.t('“{0}” has this address already.', twin.name) };
  }
  if (url.startsWith('http://') && !isLoopback(url)) {
    return { severity: 'warning', message: l10n.t('Without https the key travels readable to the network.') };
  }
  return undefined;
}

const LONGEST_NAME = 60;

/** What to say about a name while it is typed. */
export function objectToName(typed: string, others: readonly Instance[]): Objection | undefined {
  const name = typed.trim();
  if (name === '') {
    return { severity: 'error', message: l10n.t('Enter a name, for example the name of the team.') };
  }
  if (isUnshowable(name)) {
    return {
      severity: 'error',
      message: l10n.t('Leave line ends and control characters out of the name.'),
    };
  }
  if (name.length > LONGEST_NAME) {
    return { severity: 'error', message: l10n.t('Use at most {0} characters.', LONGEST_NAME) };
  }
  if (others.some((other) => other.name.toLowerCase() === name.toLowerCase())) {
    return { severity: 'error', message: l10n.t('There is an instance “{0}” already.', name) };
  }
  return undefined;
}

/** A name to start from: the first part of the host that says something. */
export function suggestName(url: string, others: readonly Instance[]): string {
  const { hostname } = new URL(url);
  const isNumeric = /^[\d.]+$/.test(hostname) || hostname.startsWith('[');
  const parts = hostname.split('.').filter((part) => !TELLS_NOTHING.has(part));
  const base = isNumeric ? hostname : (parts[0] ?? hostname);
  const names = [base, ...Array.from({ length: others.length }, (_, index) => `${base} ${index + 2}`)];
  return names.find((name) => objectToName(name, others) === undefined) ?? base;
}

const TELLS_NOTHING: ReadonlySet<string> = new Set(['www', 'chat', 'ai', 'openwebui', 'open-webui', 'webui']);
