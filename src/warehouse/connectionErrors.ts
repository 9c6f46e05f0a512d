import * as l10n from '@vscode/l10n';
import { codeOf, toError } from '../store/errors';
import { WarehouseError } from './warehouseErrors';
import type { Warehouse } from './warehouseTypes';

type Sentence = (warehouse: Warehouse, message: string) => string;

const notReachable: Sentence = ({ name, host, port }) =>
  l10n.t(
    'The warehouse {0} is not reachable at {1}, port {2}. Check its address and the network.',
    name,
    host,
    port,
  );
const refused: Sentence = ({ name, user }) =>
  l10n.t('The warehouse {0} refuses the user {1} or the password. Check both.', name, user);
const forbidden: Sentence = ({ name, user, schema }, message) =>
  l10n.t(
    'The user {0} may not do this in the warehouse {1} ({2}). Grant this user CREATE on the schema {3}, or make this user its owner.',
    user,
    name,
    message,
    schema,
  );
const distrusted: Sentence = ({ name, host }, message) =>
  l10n.t(
    'The certificate of the warehouse {0} does not prove that it is {1} ({2}). Use the name in the certificate, or set {3} to the file of the authority that signed it.',
    name,
    host,
    message,
    'NODE_EXTRA_CA_CERTS',
  );
const unencrypted: Sentence = ({ name }) =>
  l10n.t(
    'The warehouse {0} offers no TLS. Turn it on there, or add the warehouse again without TLS ({1}).',
    name,
    '--ssl disable',
  );
const inUse: Sentence = ({ name }, message) =>
  l10n.t(
    'In the warehouse {0} something of yours depends on what a push has to make anew ({1}). Drop it there, push again, then create it again.',
    name,
    message,
  );
const tooSlow: Sentence = ({ name }) =>
  l10n.t('The warehouse {0} took too long or is locked by others. What was pushed stays. Push again.', name);
const broken: Sentence = ({ name }) =>
  l10n.t('The connection to the warehouse {0} broke. What was pushed stays. Push again.', name);
const full: Sentence = ({ name }) =>
  l10n.t(
    'The warehouse {0} has no room left. What was pushed stays. Make room there, then push again.',
    name,
  );

/** By the code of Node or of PostgreSQL (SQLSTATE), or its first two characters. */
const SENTENCES: Readonly<Record<string, Sentence>> = {
  ECONNREFUSED: notReachable,
  ENOTFOUND: notReachable,
  EAI_AGAIN: notReachable,
  EHOSTUNREACH: notReachable,
  ENETUNREACH: notReachable,
  ETIMEDOUT: notReachable,
  ECONNRESET: broken,
  EPIPE: broken,
  28: refused,
  '3D': ({ name, database }) =>
    l10n.t('The warehouse {0} has no database {1}. Check the name, or create it there.', name, database),
  42501: forbidden,
  '2BP01': inUse,
  57014: tooSlow,
  '55P03': tooSlow,
  '25P03': tooSlow,
  57: broken,
  '08': broken,
  53300: ({ name }) => l10n.t('The warehouse {0} has too many connections open. Try again later.', name),
  53: full,
};

/** What `pg` and TLS say without a code. */
const SAID: readonly (readonly [RegExp, Sentence])[] = [
  [/does not support SSL/iu, unencrypted],
  [/timeout expired/iu, notReachable],
  [/certificate|altnames|self.signed/iu, distrusted],
  [/password must be a string|SASL|SCRAM/u, refused],
  [/Connection terminated|not queryable|connection error/iu, broken],
];

/** Whatever a connection or a statement failed with, as a sentence; errors of our own stay. */
export function explainConnection(thrown: unknown, warehouse: Warehouse): Error {
  const error = toError(thrown);
  if (!isForeign(error)) {
    return error;
  }
  const code = codeOf(error) ?? '';
  const said = SAID.find(([pattern]) => pattern.test(error.message))?.[1];
  const sentence = SENTENCES[code] ?? SENTENCES[code.slice(0, 2)] ?? said;
  if (sentence === undefined && !/^[0-9A-Z]{5}$/u.test(code)) {
    return error;
  }
  const message = sentence?.(warehouse, error.message) ?? saidByServer(warehouse, error.message);
  return new WarehouseError(message, { cause: error });
}

function saidByServer({ name }: Warehouse, message: string): string {
  return l10n.t('The warehouse {0} says: {1}.', name, message.replace(/\.$/u, ''));
}

/** `pg`, Node and TLS throw plain errors; several addresses of a host an aggregate of them. */
function isForeign({ name }: Error): boolean {
  return ['Error', 'error', 'AggregateError'].includes(name);
}
