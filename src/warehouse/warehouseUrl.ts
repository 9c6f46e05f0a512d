import * as l10n from '@vscode/l10n';
import { WarehouseError } from './warehouseErrors';

/** Where a warehouse is, as an address tells it. */
export interface WarehouseAddress {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
}

const DEFAULT_PORT = 5432;

/** Reads `postgres://user@host:port/database`. @throws WarehouseError that says what is wrong with it */
export function parseWarehouseUrl(typed: string): WarehouseAddress {
  const url = parsed(typed);
  if (url === undefined || !['postgres:', 'postgresql:'].includes(url.protocol)) {
    throw new WarehouseError(
      l10n.t('Write the address of a warehouse like this: {0}.', 'postgres://user@host:port/database'),
    );
  }
  if (url.password !== '') {
    // Not repeated: what was typed holds it.
    throw new WarehouseError(l10n.t('Leave the password out of the address. It is given apart.'), {
      remedy: 'passwordApart',
    });
  }
  if (url.search !== '' || url.hash !== '') {
    throw new WarehouseError(
      l10n.t('Leave out of the address what follows the name of the database. TLS is chosen apart.'),
      { remedy: 'tlsApart' },
    );
  }
  const [user, host, database] = [url.username, bareHost(url), url.pathname.slice(1)].map(decoded);
  if (!user || !host || !database || database.includes('/')) {
    throw new WarehouseError(
      l10n.t(
        'The address of a warehouse names a user, a host and a database, like this: {0}.',
        'postgres://user@host:port/database',
      ),
    );
  }
  return { host, port: url.port === '' ? DEFAULT_PORT : Number(url.port), database, user };
}

function parsed(typed: string): URL | undefined {
  try {
    return new URL(typed);
  } catch {
    return undefined;
  }
}

/** Addresses of IPv6 stand between brackets in URLs alone. */
function bareHost({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/u, '$1');
}

/** Undefined where a percent sign begins nothing. */
function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

/** Whether a host is this machine, so that nobody can listen in between. */
export function isLocalHost(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./u.test(host) || host.startsWith('/');
}
