import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { addScheduleCommand } from '../../../../src/cli/commands/schedule';
import { COST_PARTS } from '../../../../src/cli/costSession';
import { runScheduled } from '../../../../src/cli/schedule/runOnce';
import type { Terminal } from '../../../../src/cli/terminal';
import { updateCopy } from '../../../../src/headless/cliCopy';
import { lastScheduledRun } from '../../../../src/headless/installedSchedule';
import { generateCompany } from '../../../../src/sample/company/company';
import { createReader } from '../../../../src/store/reader';
import { loadInstances } from '../../../../src/store/instances/instancesFile';
import { acquireSyncLock } from '../../../../src/store/locks/syncLock';
import type { MirrorStatus } from '../../../../src/store/runs';
import { loadStatus } from '../../../../src/store/status';
import { ScheduledSyncs } from '../../../../src/sync/schedule/scheduledSyncs';
import { CliStage } from '../cliStage';
import type { CliResult } from '../runCli';
import { FakePrograms } from './fakePrograms';

const DIST = join(__dirname, '..', '..', '..', '..', 'dist');
const HOUR_S = 3_600;
const company = () => generateCompany({ name: 'fasgpt', users: 4, chats: 8, messages: 24 });

/** A status as it would be had its runs ended an hour before. */
function anHourEarlier(status: MirrorStatus): MirrorStatus {
  const instances = status.instances.map((instance) => ({
    ...instance,
    runs: instance.runs.map((run) => ({ ...run, finishedAt: (run.finishedAt ?? run.startedAt) - HOUR_S })),
  }));
  return { ...status, instances };
}

/** Ends of a process that was given no environment at all. */
function emptyRun(
  args: readonly string[],
  onOut: (text: string, stop: () => void) => void = () => undefined,
) {
  const child = spawn(process.execPath, args, { env: {} });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
    onOut(text, () => child.kill('SIGTERM'));
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  return new Promise<CliResult>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

describe('a schedule', function () {
  this.timeout(120_000);
  const stage = new CliStage(company);
  let home: string;
  let fakes: FakePrograms;

  before(function () {
    if (process.platform !== 'linux') {
      this.skip();
    }
  });
  beforeEach(async () => {
    await stage.set();
    home = mkdtempSync(join(tmpdir(), "zoë's home "));
    fakes = new FakePrograms(home);
    fakes.add('systemctl');
    await stage.add();
  });
  afterEach(async () => {
    await stage.strike();
    rmSync(home, { recursive: true, force: true });
  });

  const env = () => ({ HOME: home, XDG_CONFIG_HOME: '', SUDO_UID: '', PATH: fakes.path });
  const install = (...more: readonly string[]) =>
    stage.run(['schedule', 'install', '--yes', ...more], { env: env() });
  const launcher = () => join(stage.data, 'cli', 'openwebui-sync.js');
  const scheduled = (...args: readonly string[]) => emptyRun([launcher(), ...args, '--data', stage.data]);
  const units = () => {
    const folder = join(home, '.config', 'systemd', 'user');
    return existsSync(folder) ? readdirSync(folder).sort() : [];
  };
  const syncs = async () => {
    const [row] = await stage.rows('SELECT count(*) AS n FROM sync_runs');
    return Number(row?.['n']);
  };

  it('is shown before it is written, and syncs without any environment variable', async () => {
    const { code, out, err } = await install('--every', 'daily@02:00');
    assert.equal(code, 0, err);
    assert.match(err, /A test run without environment variables[\s\S]*fasgpt: full sync done/);
    assert.match(
      out,
      /OnCalendar=\*-\*-\* 02:00:00[\s\S]*Installed the systemd timer openwebui-sync-\w{8}: every day at 02:00\./,
    );
    const [service = '', timer = ''] = units();
    assert.deepEqual(fakes.calls('systemctl'), ['--user daemon-reload', `--user enable --now ${timer}`]);
    assert.doesNotMatch(
      readFileSync(join(home, '.config', 'systemd', 'user', service), 'utf8'),
      /FASGPT_KEY/,
    );
    const key = join(stage.data, 'keys', '1.key');
    assert.equal(statSync(key).mode & 0o777, 0o600);
    for (const text of [out, err]) {
      assert.ok(!text.includes(stage.server.apiKey));
    }
    const run = await scheduled('sync');
    assert.equal(run.code, 0, run.err);
    assert.match(run.out, /fasgpt: incremental sync done/);
  });

  it('is written once however often it is installed, and follows the newest interval', async () => {
    await install();
    const again = await install('--every', '30min');
    assert.equal(again.code, 0, again.err);
    assert.equal(units().length, 2);
    const timer = units().find((name) => name.endsWith('.timer')) ?? '';
    assert.match(
      readFileSync(join(home, '.config', 'systemd', 'user', timer), 'utf8'),
      /OnCalendar=\*:0\/30/,
    );
  });

  it('is not installed when the test run fails, and leaves nothing behind', async () => {
    const { code, err } = await stage.run(['schedule', 'install', '--yes'], {
      env: { ...env(), FASGPT_KEY: 'sk-wrong' },
    });
    assert.equal(code, 3, err);
    assert.match(
      err,
      /The test run did not sync fasgpt; the lines above say why\. No schedule was installed\./,
    );
    assert.deepEqual(units(), []);
    assert.deepEqual(fakes.calls('systemctl'), []);
    assert.equal(existsSync(join(stage.data, 'cli')), false);
    assert.equal(existsSync(join(stage.data, 'keys', '1.key')), false);
    const { instances } = await loadInstances(stage.data);
    assert.deepEqual(instances[0]?.credential, { kind: 'environment', variable: 'FASGPT_KEY' });
  });

  it('says what to do where there is no systemd of the user', async () => {
    fakes.add('systemctl', 'daemon-reload');
    const { code, err } = await install();
    assert.equal(code, 1);
    assert.match(
      err,
      /systemctl --user daemon-reload failed: No medium found\. .*loginctl enable-linger.*schedule install --cron/,
    );
    assert.deepEqual(units(), []);
  });

  it('asks nobody who is not there: it names the way to a key', async () => {
    const { code, err } = await stage.run(['schedule', 'install', '--yes'], {
      env: { ...env(), FASGPT_KEY: '' },
    });
    assert.equal(code, 2);
    assert.match(err, /--key-file fasgpt=PATH/);
    const file = join(home, 'the key');
    writeFileSync(file, stage.server.apiKey, { mode: 0o600 });
    const named = await stage.run(['schedule', 'install', '--yes', '--key-file', `fasgpt=${file}`], {
      env: { ...env(), FASGPT_KEY: '' },
    });
    assert.equal(named.code, 0, named.err);
  });

  it('refuses root that plays a user, and changes nothing when it only shows', async () => {
    const { code, out } = await install('--print');
    assert.equal(code, 0);
    assert.match(out, /ExecStart=/);
    assert.equal(existsSync(join(stage.data, 'cli')), false);
    if (process.getuid?.() === 0) {
      const sudo = await stage.run(['schedule', 'install', '--yes'], { env: { ...env(), SUDO_UID: '1000' } });
      assert.equal(sudo.code, 2);
      assert.match(sudo.err, /Run this without sudo/);
    }
  });

  it('tells how it stands, and is removed', async () => {
    const none = await stage.run(['schedule', 'status'], { env: env() });
    assert.equal(none.code, 1);
    await install();
    await scheduled('schedule', 'run');
    const { code, out } = await stage.run(['schedule', 'status'], { env: env() });
    assert.equal(code, 0);
    assert.match(
      out,
      /^Schedule: every hour, systemd timer openwebui-sync-\w{8} \(on\)\nCommand line: \d+\.\d+\.\d+\nNode: .* \(\d+\.\d+\.\d+\)\nNext run: about .*\nLast run: .*, done\n/,
    );
    fakes.add('systemctl', 'is-active');
    const off = await stage.run(['schedule', 'status'], { env: env() });
    assert.equal(off.code, 1);
    assert.match(off.err, /The schedule is off/);
    fakes.add('systemctl');
    const removed = await stage.run(['schedule', 'remove'], { env: env() });
    assert.equal(removed.code, 0, removed.err);
    assert.deepEqual(units(), []);
    assert.equal((await stage.run(['schedule', 'status'], { env: env() })).code, 1);
  });

  it('is put back as it was when it cannot be installed anew', async () => {
    await install();
    const timer = units().find((name) => name.endsWith('.timer')) ?? '';
    const path = join(home, '.config', 'systemd', 'user', timer);
    const before = readFileSync(path, 'utf8');
    fakes.add('systemctl', 'daemon-reload');
    const { code } = await install('--every', '30min');
    assert.equal(code, 1);
    assert.equal(readFileSync(path, 'utf8'), before);
    assert.equal(fakes.calls('systemctl').at(-1), `--user enable --now ${timer}`);
  });

  it('is installed over files that are damaged, and removed though nothing can be read of it', async () => {
    await install();
    writeFileSync(join(stage.data, 'cli', 'current.json'), '{');
    writeFileSync(join(stage.data, 'cli', 'schedule.json'), '{');
    const again = await install();
    assert.equal(again.code, 0, again.err);
    assert.equal((await stage.run(['schedule', 'status'], { env: env() })).code, 0);
    rmSync(join(stage.data, 'cli', 'schedule.json'));
    writeFileSync(join(stage.data, 'instances.json'), '{');
    const removed = await stage.run(['schedule', 'remove'], { env: env() });
    assert.equal(removed.code, 0, removed.err);
    assert.deepEqual(units(), []);
  });

  it('is told of a cron line that it takes the place of, which only its owner can take out', async () => {
    await install('--cron');
    const { code, err } = await install();
    assert.equal(code, 0, err);
    assert.match(err, /If the cron line of before is still in your crontab, take it out: crontab -e/);
  });

  it('goes on after the extension was replaced by a newer version', async () => {
    await install();
    const newer = mkdtempSync(join(tmpdir(), 'newer-'));
    try {
      cpSync(DIST, newer, { recursive: true });
      const cli = join(newer, 'cli.js');
      const { version } = JSON.parse(readFileSync(join(DIST, '..', 'package.json'), 'utf8')) as {
        version: string;
      };
      writeFileSync(cli, readFileSync(cli, 'utf8').replaceAll(`"${version}"`, '"99.0.0"'));
      const copy = await updateCopy(stage.data, { dist: newer, version: '99.0.0' }, Date.now());
      assert.equal(copy?.version, '99.0.0');
    } finally {
      rmSync(newer, { recursive: true, force: true });
    }
    assert.equal((await emptyRun([launcher(), '--version'])).out, '99.0.0\n');
    const { code, out, err } = await scheduled('sync', '--all');
    assert.equal(code, 0, err);
    assert.match(out, /fasgpt: incremental sync done/);
    // The older extension of another editor takes nothing back.
    assert.equal(await updateCopy(stage.data, { dist: DIST, version: '0.0.1' }, Date.now()), undefined);
  });

  it('leaves the mirror to a window that syncs, and syncs nothing twice', async () => {
    await install('--every', '30min');
    const before = await syncs();
    const lock = await acquireSyncLock(stage.data, { version: '0.0.0' });
    assert.ok(lock.status === 'acquired');
    stage.server.clearRequests();
    try {
      const { code, err } = await scheduled('sync', '--all');
      assert.equal(code, 4, err);
    } finally {
      await lock.lock.release();
    }
    assert.deepEqual(stage.server.requests, []);
    const run = await scheduled('schedule', 'run', '--every', '30min');
    assert.equal(run.code, 0, run.err);
    assert.match(run.out, /Nothing is due/);
    assert.deepEqual(stage.server.requests, []);
    assert.equal(await syncs(), before);
  });

  it('ends by itself when a run hangs, and notes that', async () => {
    await install();
    await assert.rejects(
      runScheduled(
        quietTerminal(),
        stage.data,
        { every: { kind: 'hourly' } },
        COST_PARTS,
        AbortSignal.abort(),
      ),
      /^CliError: Stopped after 12 hours\. What was fetched is kept/,
    );
    assert.equal((await lastScheduledRun(stage.data))?.exitCode, 1);
  });

  it('ends with 4 when what is due is synced by another process', async () => {
    await install();
    const fresh = `${stage.data}-fresh`;
    cpSync(join(stage.data, 'cli'), join(fresh, 'cli'), { recursive: true });
    cpSync(join(stage.data, 'instances.json'), join(fresh, 'instances.json'));
    const lock = await acquireSyncLock(fresh, { version: '0.0.0' });
    assert.ok(lock.status === 'acquired');
    stage.server.clearRequests();
    try {
      const run = await emptyRun([
        join(fresh, 'cli', 'openwebui-sync.js'),
        ...['schedule', 'run', '--data', fresh],
      ]);
      assert.equal(run.code, 4, run.err);
      assert.match(readFileSync(join(fresh, 'cli', 'last-run.json'), 'utf8'), /"exitCode": 4/);
      assert.deepEqual(stage.server.requests, []);
    } finally {
      await lock.lock.release();
      rmSync(fresh, { recursive: true, force: true });
    }
  });

  it('moves what the timer of the editor waits for, which syncs nothing again', async () => {
    await install();
    const editor = await editorTimer();
    const due = editor.syncs.nextRuns(Date.now()).get(1) ?? 0;
    // By its last look it is due; a fresh one shows the run of the schedule.
    await editor.syncs.tick(due);
    assert.deepEqual(editor.started, []);
    assert.ok((editor.syncs.nextRuns(due).get(1) ?? 0) > due);
  });

  it('runs in a terminal until it is asked to end', async () => {
    await install();
    await stage.ok(['instances', 'set-key', 'fasgpt', '--key-file', join(stage.data, 'keys', '1.key')]);
    const fresh = `${stage.data}-terminal`;
    cpSync(join(stage.data, 'instances.json'), join(fresh, 'instances.json'));
    try {
      const { code, out, err } = await emptyRun(
        [launcher(), 'schedule', 'start', '--data', fresh],
        (text, stop) => {
          if (text.includes('Next sync')) {
            stop();
          }
        },
      );
      assert.equal(code, 130, err);
      assert.match(
        out,
        /^\S+ \S+ OpenWebUI Sync \S+ syncs every hour until it is stopped\.[^\n]*\n\S+ \S+ fasgpt: full sync done[^\n]*\n(?: {2}[^\n]*\n)*\S+ \S+ Next sync: /,
      );
    } finally {
      rmSync(fresh, { recursive: true, force: true });
    }
  });

  /** Nobody is there to answer. */
  const quietTerminal = (write: (text: string) => void = () => undefined): Terminal => ({
    env: { ...process.env, ...env(), FASGPT_KEY: stage.server.apiKey },
    out: write,
    err: write,
    ask: undefined,
    askSecret: undefined,
    columns: undefined,
    signal: new AbortController().signal,
  });

  /** The editor's timer, hourly, with what it saw of the data folder when it looked last. */
  async function editorTimer() {
    const { instances, zone } = await loadInstances(stage.data);
    const read = async (): Promise<MirrorStatus> => {
      const reader = createReader({ folder: stage.data, workerPath: join(DIST, 'reader.js') });
      try {
        return await loadStatus(stage.data, reader);
      } finally {
        reader.dispose();
      }
    };
    let status = anHourEarlier(await read());
    const started: string[] = [];
    const syncs = new ScheduledSyncs({
      schedule: () => ({ kind: 'hourly' }),
      instances: () => instances,
      zone: () => zone,
      status: () => status,
      running: () => new Set(),
      signInProblems: () => new Map(),
      reload: async () => {
        status = await read();
      },
      sync: (due) => {
        started.push(...due.map(({ name }) => name));
        return Promise.resolve();
      },
      onFailure: (error) => assert.fail(String(error)),
    });
    return { syncs, started };
  }

  for (const [platform, program, expected] of [
    [
      'darwin',
      'launchctl',
      [/^bootout gui\/501\/openwebui-sync-\w+$/, /^enable gui\/501\//, /^bootstrap gui\/501 .*\.plist$/],
    ],
    ['win32', 'schtasks', [/^\/Create \/F \/TN openwebui-sync-\w+ \/XML .*task\.xml$/]],
  ] as const) {
    it(`is told to ${program} in its own words`, async () => {
      fakes.add(program);
      const said: string[] = [];
      const terminal = quietTerminal((text) => said.push(text));
      const parts = { platform, home, uid: 501, dist: DIST, clockZone: 'UTC' };
      const call = async (...args: readonly string[]): Promise<void> => {
        const command = new Command().exitOverride();
        addScheduleCommand(command, terminal, parts);
        await command.parseAsync(['schedule', ...args, '--data', stage.data], { from: 'user' });
      };
      await stage.ok(['sync']);
      await call('install', '--yes');
      const calls = fakes.calls(program);
      assert.equal(calls.length, expected.length, said.join(''));
      expected.forEach((pattern, index) => assert.match(calls[index] ?? '', pattern));
      await call('status');
      await call('remove');
      assert.ok(fakes.calls(program).length > expected.length);
    });
  }
});
