import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { sentenceOf } from '../errors';
import { chooseOne, enterText, refusal } from '../quickInput';
import { DEFAULT_SCHEMA, schemaName, warehouseName } from '../../warehouse/warehousesFile';
import { isLocalHost, parseWarehouseUrl } from '../../warehouse/warehouseUrl';
import type { SslMode, Warehouse } from '../../warehouse/warehouseTypes';

/** A warehouse as somebody entered it, with its password. */
export interface EnteredWarehouse {
  readonly warehouse: Warehouse;
  /** Undefined: PostgreSQL's own places have it. */
  readonly password: string | undefined;
}

/** Asks for everything that a connection needs. @throws CancelledError */
export async function enterWarehouse(): Promise<EnteredWarehouse> {
  const title = l10n.t('Add Warehouse');
  const name = await enterText({
    title,
    prompt: l10n.t('Name to show for it'),
    object: (text) => refusal(v.safeParse(warehouseName, text.trim()).issues?.[0].message),
  });
  const url = await enterText({
    title,
    prompt: l10n.t('Address of the database, without the password, which is asked for at the end'),
    placeholder: 'postgres://user@host:5432/database',
    object: (text) => refusal(objectionTo(() => parseWarehouseUrl(text.trim()))),
  });
  const address = parseWarehouseUrl(url.trim());
  const schema = await enterText({
    title,
    prompt: l10n.t('Schema of the database that OpenWebUI Sync may fill. Nothing else may be in it.'),
    value: DEFAULT_SCHEMA,
    object: (text) => refusal(v.safeParse(schemaName, text).issues?.[0].message),
  });
  const ssl = await chooseOne<SslMode>(
    title,
    l10n.t('How is the connection protected?'),
    waysFor(address.host),
  );
  const password = await enterPassword(title, address.user);
  return { warehouse: { name: name.trim(), ...address, schema, ssl }, password };
}

/** Asks for a password. @returns undefined: PostgreSQL's own places have it @throws CancelledError */
export async function enterPassword(title: string, user: string): Promise<string | undefined> {
  const password = await enterText({
    title,
    prompt: l10n.t(
      'Password of {0}. Leave it empty where psql finds it by itself (PGPASSWORD, ~/.pgpass).',
      user,
    ),
    isSecret: true,
  });
  return password === '' ? undefined : password;
}

/** A connection without TLS is for this machine: elsewhere others could read along. */
function waysFor(host: string): Parameters<typeof chooseOne<SslMode>>[2] {
  const verified = {
    value: 'verify-full',
    label: l10n.t('TLS, certificate checked'),
    detail: l10n.t('The usual choice.'),
  } as const;
  const encrypted = {
    value: 'require',
    label: l10n.t('TLS, certificate not checked'),
    detail: l10n.t('Nobody can read along, but the server may be another one.'),
  } as const;
  const open = {
    value: 'disable',
    label: l10n.t('No TLS'),
    detail: l10n.t('Only for a server on this machine or in a network that you trust.'),
  } as const;
  return isLocalHost(host) ? [open, verified, encrypted] : [verified, encrypted, open];
}

function objectionTo(parse: () => unknown): string | undefined {
  try {
    parse();
    return undefined;
  } catch (error) {
    return sentenceOf(error);
  }
}
