import * as l10n from '@vscode/l10n';
import { codeOf, toError } from '../store/errors';
import { nameInPostgres } from './nameInPostgres';
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
const notLetIn: Sentence = ({ name, user }, message) =>
  l10n.t(
    'The warehouse {0} does not let the user {1} in ({2}). Check its rules for this machine (pg_hba.conf), and whether it wants TLS.',
    name,
    user,
    message,
  );
const notOfDatabase: Sentence = ({ name, user, database }, message) =>
  l10n.t(
    'The user {0} may not connect to the warehouse {1} ({2}). Let its owner run: GRANT CONNECT ON DATABASE {3} TO {0}.',
    nameInPostgres(user),
    name,
    message,
    nameInPostgres(database),
  );
const notReadable: Sentence = ({ name, user, schema }, message) =>
  l10n.t(
    'The user {0} may not read the warehouse {1} ({2}). Let its owner run: GRANT USAGE ON SCHEMA {3} TO {0}; GRANT SELECT ON ALL TABLES IN SCHEMA {3} TO {0}.',
    nameInPostgres(user),
    name,
    message,
    nameInPostgres(schema),
  );
const readOnly: Sentence = ({ name }, message) =>
  l10n.t(
    'The warehouse {0} takes no changes ({1}): it is a replica, or was made read-only. Name the server that takes them.',
    name,
    message,
  );
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
  l10n.t('The warehouse {0} offers no TLS. Turn it on there, or add the warehouse again without TLS.', name);
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
const brokenWhileReading: Sentence = ({ name }) =>
  l10n.t('The connection to the warehouse {0} broke. Try again.', name);
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
  28000: notLetIn,
  28: refused,
  25006: readOnly,
  '3D': ({ name, database }) =>
    l10n.t('The warehouse {0} has no database {1}. Check the name, or create it there.', name, database),
  42501: forbidden,
  '2BP01': inUse,
  57014: tooSlow,
  '55P03': tooSlow,
  '25P03': tooSlow,
  57: broken,
  // Of poolers, about anything.
  '08P01': (warehouse, message) =>
    (/authentication failed/u.test(message) ? refused : saidByServer)(warehouse, message),
  '08': broken,
  53300: ({ name }) => l10n.t('The warehouse {0} has too many connections open. Try again later.', name),
  53: full,
  NO_TLS: unencrypted,
  DISTRUSTED: distrusted,
};

/** What means something else before anything was asked. */
const AT_LOG_IN: Readonly<Record<string, Sentence>> = {
  42501: notOfDatabase,
  // The socket of a server on this machine.
  ENOENT: notReachable,
  EACCES: notReachable,
  ECONNRESET: notReachable,
  // Such as a server that is starting.
  57: saidByServer,
};

/** What means something else to who only reads. */
const WHILE_READING: Readonly<Record<string, Sentence>> = {
  42501: notReadable,
  ECONNRESET: brokenWhileReading,
  EPIPE: brokenWhileReading,
  57: brokenWhileReading,
  '08': brokenWhileReading,
};

/** What `pg` and TLS say without a code that is known here, as one. */
const SAID: readonly (readonly [RegExp, string])[] = [
  [/does not support SSL|establishing an SSL/iu, 'NO_TLS'],
  [/timeout expired/iu, 'ETIMEDOUT'],
  [/certificate|altnames|self.signed/iu, 'DISTRUSTED'],
  [/password must be a string|SASL|SCRAM/u, '28P01'],
  [/Connection terminated|not queryable|connection error/iu, 'ECONNRESET'],
];

/** Whatever a connection or a statement failed with, as a sentence; errors of our own stay. */
export function explainConnection(thrown: unknown, warehouse: Warehouse): Error {
  return explained(thrown, warehouse, {});
}

/** The same of what failed before anything was asked. */
export function explainLogIn(thrown: unknown, warehouse: Warehouse): Error {
  return explained(thrown, warehouse, AT_LOG_IN);
}

/** The same of what failed while a report was read. */
export function explainReading(thrown: unknown, warehouse: Warehouse): Error {
  return explained(thrown, warehouse, WHILE_READING);
}

function explained(
  thrown: unknown,
  warehouse: Warehouse,
  special: Readonly<Record<string, Sentence>>,
): Error {
  const error = toError(thrown);
  if (!isForeign(error)) {
    return error;
  }
  const code = codeOf(error) ?? '';
  const said = SAID.find(([pattern]) => pattern.test(error.message))?.[1] ?? '';
  const [sentence] = [code, code.slice(0, 2), said].flatMap((key) => special[key] ?? SENTENCES[key] ?? []);
  if (sentence === undefined && !/^[0-9A-Z]{5}$/u.test(code)) {
    return error;
  }
  return new WarehouseError((sentence ?? saidByServer)(warehouse, error.message), {
    cause: error,
    ...(sentence === refused ? { remedy: 'otherPassword' } : {}),
  });
}

function saidByServer({ name }: Warehouse, message: string): string {
  return l10n.t('The warehouse {0} says: {1}.', name, message.replace(/\.$/u, ''));
}

/** `pg`, Node and TLS throw plain errors; several addresses of a host an aggregate of them. */
function isForeign({ name }: Error): boolean {
  return ['Error', 'error', 'AggregateError'].includes(name);
}
