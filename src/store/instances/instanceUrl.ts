import * as l10n from '@vscode/l10n';
import { InvalidInstanceError } from '../errors';

/**
 * Checks a base URL as a person types it and brings it into its one form: http or https, the path kept, without a
 * trailing slash. @throws InvalidInstanceError with what to change.
 */
export function normaliseUrl(text: string): string {
  const trimmed = text.trim();
  if (!/^https?:\/\//iu.test(trimmed)) {
    throw new InvalidInstanceError(l10n.t('The URL must start with http:// or https://.'));
  }
  if (!URL.canParse(trimmed)) {
    throw new InvalidInstanceError(l10n.t('This is not a URL. Example: https://chat.example.com.'));
  }
  const url = new URL(trimmed);
  if (url.username !== '' || url.password !== '') {
    throw new InvalidInstanceError(
      l10n.t('The URL must not hold a user name or password. The key is asked for separately.'),
    );
  }
  if (url.search !== '' || url.hash !== '') {
    throw new InvalidInstanceError(l10n.t('The URL must end before "?" or "#".'));
  }
  return url.origin + url.pathname.replace(/\/+$/u, '');
}
