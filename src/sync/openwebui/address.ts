import { OpenWebUiError } from './failures';

/** The base URL of a server as typed: http or https, without credentials, query or hash. @throws OpenWebUiError */
export function parseAddress(text: string): URL {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
  const isWeb = url !== undefined && (url.protocol === 'https:' || url.protocol === 'http:');
  if (!isWeb || url.username !== '' || url.password !== '') {
    throw new OpenWebUiError('badAddress', { host: withoutUserInfo(text.trim()) });
  }
  url.search = '';
  url.hash = '';
  return url;
}

function withoutUserInfo(text: string): string {
  return text.replace(/\/\/[^/@]*@/, '//');
}
