import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from './paths.mjs';
import { runOrFail } from './processes.mjs';

const request = ['req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/**
 * Makes an authority and a certificate of it for the host `localhost`, both valid for a day.
 * @param {string} folder to put them into
 * @returns {Promise<{ authority: string, certificate: string, key: string } | undefined>} their files; undefined without openssl
 */
export async function makeCertificate(folder) {
  const openssl = findProgram(['openssl']);
  if (openssl === undefined) {
    return undefined;
  }
  const file = (name) => join(folder, name);
  const run = (args) => runOrFail('Making a certificate', openssl, args, { cwd: folder });
  writeFileSync(file('names.cnf'), 'subjectAltName=DNS:localhost\n');
  await run([
    ...[...request, '-x509', '-days', '1', '-subj', '/CN=An authority for tests'],
    ...['-keyout', 'authority.key', '-out', 'authority.crt'],
  ]);
  await run([...request, '-subj', '/CN=localhost', '-keyout', 'server.key', '-out', 'server.csr']);
  await run([
    ...['x509', '-req', '-in', 'server.csr', '-days', '1', '-extfile', 'names.cnf', '-CAcreateserial'],
    ...['-CA', 'authority.crt', '-CAkey', 'authority.key', '-out', 'server.crt'],
  ]);
  return { authority: file('authority.crt'), certificate: file('server.crt'), key: file('server.key') };
}
