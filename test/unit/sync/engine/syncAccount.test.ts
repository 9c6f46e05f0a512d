import assert from 'node:assert/strict';
import { isPersonHash } from '../../../../src/store/instances/people';
import type { SampleVersion } from '../../../../src/sample/versions';
import { useMirroring, type Mirroring } from './harness';

const ACCOUNT = `SELECT u.name FROM instances i LEFT JOIN users u ON u.id = i.sync_user_id`;
const WHO = '/api/v1/auths/';

describe('The account that syncs', () => {
  const mirroring = useMirroring();

  /** A server with two administrators; the key is of the first. */
  async function withTwo(version: SampleVersion): Promise<Mirroring> {
    const m = await mirroring(version).start();
    m.world.users.add({ name: 'Bea Boss', email: 'bea@example.org', role: 'admin' });
    m.world.users.add({ name: 'Carl', email: 'carl@example.org' });
    return m;
  }

  it('is the only administrator, without a question', async () => {
    const m = await mirroring('0.12.4').start();
    m.addUser('bob', 1);
    await m.sync({ kind: 'full' });
    assert.deepEqual(await m.rows(ACCOUNT), [['Ada Admin']]);
    assert.ok(!m.requests.includes(WHO));
  });

  it('is the one whom the server takes the key for, asked in full runs', async () => {
    const m = await withTwo('0.9.6');
    await m.sync({ kind: 'full' });
    assert.deepEqual(await m.rows(ACCOUNT), [['Ada Admin']]);
    assert.equal(m.requests.filter((path) => path === WHO).length, 1);
    await m.sync();
    assert.ok(!m.requests.includes(WHO));
    assert.deepEqual(await m.rows(ACCOUNT), [['Ada Admin']]);
  });

  it('is not known where keys may not ask for it, and nothing fails', async () => {
    const m = await withTwo('0.12.4');
    const run = await m.sync({ kind: 'full' });
    assert.equal(run.status, 'ok');
    assert.ok(m.requests.includes(WHO));
    assert.deepEqual(await m.rows(ACCOUNT), [[null]]);
  });

  it('is the one whom a token names, and changes with it in any run', async () => {
    const m = await withTwo('0.12.4');
    const tokenOf = async (email: string): Promise<string> => {
      const answer = await fetch(`${m.server.url}/api/v1/auths/signin`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email, password: m.world.users.findByEmail(email)?.password }),
      });
      return ((await answer.json()) as { token: string }).token;
    };
    m.credential = { kind: 'token', value: await tokenOf('bea@example.org') };
    await m.sync({ kind: 'full' });
    assert.deepEqual(await m.rows(ACCOUNT), [['Bea Boss']]);
    assert.ok(!m.requests.includes(WHO));
    m.credential = { kind: 'token', value: await tokenOf('admin@example.org') };
    await m.sync();
    assert.deepEqual(await m.rows(ACCOUNT), [['Ada Admin']]);
  });

  it('is kept by the hash of its id where the mirror knows no ids', async () => {
    const m = await withTwo('0.9.6');
    m.privacy = 'counts';
    await m.sync({ kind: 'full' });
    const [[remoteId, role]] = (await m.rows(
      'SELECT u.remote_id, u.role FROM instances i JOIN users u ON u.id = i.sync_user_id',
    )) as [[string, string]];
    assert.ok(isPersonHash(remoteId));
    assert.equal(role, 'admin');
  });
});
