import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateCompany } from '../../src/sample/company/company';
import { CliStage } from '../unit/cli/cliStage';
import type { CliResult } from '../unit/cli/runCli';
import { FakePrograms } from '../unit/cli/schedule/fakePrograms';
import { createSchema, postgresAddress, type TestSchema } from './support/postgres';
import { assertEqualToMirror } from './support/pushed';
import { postgresPassword } from './support/warehouses';

const NAME = 'Data "lake" 50% $HOME';

describe('A schedule with a push', function () {
  this.timeout(600_000);
  const stage = new CliStage(() => generateCompany({ name: 'fasgpt', users: 4, chats: 8, messages: 24 }));
  let schema: TestSchema;
  let home: string;
  let passwordFile: string;

  before(function () {
    if (process.platform !== 'linux') {
      this.skip();
    }
  });
  beforeEach(async () => {
    schema = await createSchema();
    await stage.set();
    await stage.add();
    home = mkdtempSync(join(tmpdir(), 'schedule-push-'));
    passwordFile = join(home, 'the password');
    writeFileSync(passwordFile, `${postgresPassword()}\n`, { mode: 0o600 });
    new FakePrograms(home).add('systemctl');
  });
  afterEach(async () => {
    await stage.strike();
    await schema.drop();
    rmSync(home, { recursive: true, force: true });
  });

  const run = (...args: readonly string[]): Promise<CliResult> =>
    stage.run(args, {
      env: {
        ...{ HOME: home, XDG_CONFIG_HOME: '', SUDO_UID: '', LAKE_PASSWORD: postgresPassword() },
        PATH: new FakePrograms(home).path,
      },
    });
  const addLake = async (...password: readonly string[]): Promise<void> => {
    const url = new URL(postgresAddress());
    url.password = '';
    const { code, err } = await run(
      ...['warehouse', 'add', NAME, '--url', url.href, '--schema', schema.name, ...password],
    );
    assert.equal(code, 0, err);
  };
  const install = (...more: readonly string[]): Promise<CliResult> =>
    run('schedule', 'install', '--yes', ...more);
  const units = (): string => {
    const folder = join(home, '.config', 'systemd', 'user');
    return readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('\n');
  };
  /** As the system starts it, without any environment. */
  const fired = (...more: readonly string[]) =>
    spawnSync(
      process.execPath,
      [join(stage.data, 'cli', 'openwebui-sync.js'), 'schedule', 'run', ...more, '--data', stage.data],
      { env: {}, encoding: 'utf8' },
    );

  it('tries the push, and pushes at each run without any environment variable', async () => {
    await addLake('--password-file', passwordFile);
    const { code, err, out } = await install('--with-push', NAME.toUpperCase());
    assert.equal(code, 0, err);
    assert.match(err, /A test run[\s\S]*fasgpt: full sync done[\s\S]*Pushed to Data "lake"/u);
    assert.match(units(), /"--push" "Data \\"lake\\" 50%% \$\$HOME" "--data"/u);
    for (const text of [out, err, units()]) {
      assert.ok(!text.includes(postgresPassword()));
    }
    const [chat] = stage.server.world.chats.all();
    assert.ok(chat);
    stage.server.world.chats.addTurn(chat.id, { prompt: 'One more.' });
    await stage.ok(['sync', '--full']);
    const pushed = fired('--push', NAME);
    assert.equal(pushed.status, 0, pushed.stderr);
    assert.match(pushed.stdout, /Nothing is due[\s\S]*Pushed to Data "lake" 50% \$HOME/u);
    await assertEqualToMirror(schema.client, stage.data);
    assert.match((await run('schedule', 'status')).out, /\nPushes to: Data "lake" 50% \$HOME\n/u);
    assert.equal((await install()).code, 0);
    assert.doesNotMatch(units(), /--push/u);
    assert.doesNotMatch((await run('schedule', 'status')).out, /Pushes to/u);
  });

  it('ends with the code of the push where the sync went well, and tells it in the status', async () => {
    await addLake('--password-file', passwordFile);
    assert.equal((await install('--with-push', NAME)).code, 0);
    rmSync(passwordFile);
    const failed = fired('--push', NAME);
    assert.equal(failed.status, 1);
    assert.match(failed.stderr, /the password cannot be read|key file .*the password/u);
    assert.match((await run('schedule', 'status')).out, /Last run: .*, exit code 1\. .*the password/u);
  });

  it('is not installed where nobody could push: the password is in a variable, wrong, or there is no such warehouse', async () => {
    await addLake('--password-env', 'LAKE_PASSWORD');
    const variable = await install('--with-push', NAME);
    assert.equal(variable.code, 1);
    assert.match(
      variable.err,
      /environment variable, which a schedule does not see\..*--password-file PATH/u,
    );
    const unknown = await install('--with-push', 'Pond');
    assert.equal(unknown.code, 2);
    assert.match(unknown.err, /There is no warehouse "Pond"/u);
    await run('warehouse', 'remove', NAME);
    writeFileSync(passwordFile, 'wrong');
    await addLake('--password-file', passwordFile);
    const wrong = await install('--with-push', NAME);
    assert.equal(wrong.code, 1);
    assert.match(wrong.err, /The test run did not push to Data "lake".*No schedule was installed\./u);
    assert.equal(readdirSync(home).includes('.config'), false);
  });
});
