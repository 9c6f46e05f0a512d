import { baseUrlFrom } from '../instances/address';

/** Longer than any address. */
const LONGEST = 2000;

/**
 * The address that a link proposes for a new instance: its scheme, host and path. Whatever else the link carries, such as a
 * user's name or a key, is left behind. Undefined for what is no web address.
 */
export function addressOfLink(query: string): string | undefined {
  const typed = new URLSearchParams(query).get('url') ?? '';
  if (typed.length > LONGEST || !/^https?:\/\//i.test(typed) || !URL.canParse(typed)) {
    return undefined;
  }
  const url = new URL(typed);
  url.username = '';
  url.password = '';
  return baseUrlFrom(url.href);
}

/** The sync run that a link names; undefined for what is no id of one. */
export function runOfLink(query: string): string | undefined {
  const id = new URLSearchParams(query).get('id') ?? '';
  return /^[\w-]{1,64}$/.test(id) ? id : undefined;
}
