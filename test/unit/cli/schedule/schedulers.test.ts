import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, posix, win32 } from 'node:path';
import type { Every } from '../../../../src/headless/every';
import { commandOf, objectionTo, scheduleName, type SchedulePlan } from '../../../../src/cli/schedule/plan';
import type { Scheduler } from '../../../../src/cli/schedule/scheduler';
import { schedulerOf, SCHEDULERS } from '../../../../src/cli/schedule/schedulers';

const FIXTURES = join(__dirname, '..', '..', '..', 'fixtures', 'schedule');
const EVERY: Readonly<Record<string, Every>> = {
  '30min': { kind: 'everyMinutes', minutes: 30 },
  '1h': { kind: 'hourly' },
  daily: { kind: 'daily', at: '02:00' },
};

/** A folder whose name has all that needs care, as its system allows it. */
function aPlan(system: 'posix' | 'win32', overrides: Partial<SchedulePlan> = {}): SchedulePlan {
  const path = (...parts: readonly string[]): string =>
    system === 'posix' ? posix.join(...parts) : win32.join(...parts);
  const home = system === 'posix' ? "/home/Zoë O'Hara" : "D:\\Users\\Zoë O'Hara";
  const dataFolder =
    system === 'posix' ? `${home}/50% of "$HOME" & <more> \\ back` : `${home}\\50% of $HOME & more\\`;
  const root = path(dataFolder, 'cli');
  return {
    name: 'openwebui-sync-1a2b3c4d',
    dataFolder,
    headless: {
      root,
      launcher: path(root, 'openwebui-sync.js'),
      current: path(root, 'current.json'),
      schedule: path(root, 'schedule.json'),
      lastRun: path(root, 'last-run.json'),
      task: path(root, 'task.xml'),
      log: path(root, 'schedule.log'),
    },
    node: system === 'posix' ? '/opt/node 24/bin/node' : 'C:\\Program Files\\nodejs\\node.exe',
    every: EVERY['1h'] ?? { kind: 'hourly' },
    zone: undefined,
    home,
    uid: 501,
    env: {},
    ...overrides,
  };
}

const SYSTEMS: readonly [Scheduler, 'posix' | 'win32'][] = [
  [SCHEDULERS.systemd, 'posix'],
  [SCHEDULERS.launchd, 'posix'],
  [SCHEDULERS.windows, 'win32'],
];

function isThere(program: string): boolean {
  return spawnSync(program, ['--version']).error === undefined;
}

function inFolder(work: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'schedule-'));
  try {
    work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('what schedulers are told', () => {
  for (const [scheduler, system] of SYSTEMS) {
    for (const [name, every] of Object.entries(EVERY)) {
      it(`is, for a ${scheduler.title} of ${name}, what is kept in test/fixtures/schedule`, () => {
        for (const { path, text, encoding = 'utf8' } of scheduler.files(aPlan(system, { every }))) {
          const golden = join(FIXTURES, `${scheduler.id}-${name}-${basename(path.replaceAll('\\', '/'))}`);
          if (process.env['UPDATE_FIXTURES'] === '1') {
            writeFileSync(golden, Buffer.from(text, encoding));
          }
          assert.equal(text, readFileSync(golden).toString(encoding));
        }
      });
    }
  }

  it('is all of the files in test/fixtures/schedule', () => {
    const told = SYSTEMS.flatMap(([scheduler, system]) =>
      Object.keys(EVERY).flatMap((name) =>
        scheduler
          .files(aPlan(system))
          .map(({ path }) => `${scheduler.id}-${name}-${basename(path.replaceAll('\\', '/'))}`),
      ),
    );
    assert.deepEqual(readdirSync(FIXTURES).sort(), told.sort());
  });

  it('is nothing secret, and nothing that a line end could add to', () => {
    assert.match(
      objectionTo({ node: '/usr/bin/node', dataFolder: '/data\nExecStart=/bin/sh' }) ?? '',
      /control character/,
    );
    assert.match(objectionTo(aPlan('posix', { push: 'lake\n' })) ?? '', /control character/);
    assert.equal(objectionTo(aPlan('posix')), undefined);
  });

  it('goes by the system', () => {
    assert.deepEqual(
      (['linux', 'darwin', 'win32', 'freebsd'] as const).map((platform) => schedulerOf(platform).id),
      ['systemd', 'launchd', 'windows', 'cron'],
    );
  });

  it('has one name for each data folder', () => {
    assert.equal(scheduleName('/data/a', 'linux'), scheduleName('/data/a/', 'linux'));
    assert.notEqual(scheduleName('/data/a', 'linux'), scheduleName('/data/A', 'linux'));
    assert.equal(scheduleName('/data/a', 'darwin'), scheduleName('/data/A', 'darwin'));
  });
});

describe('a systemd timer', () => {
  it('is one that systemd understands', function () {
    if (!isThere('systemd-analyze')) {
      this.skip();
    }
    for (const every of Object.values(EVERY)) {
      inFolder((folder) => {
        const plan = aPlan('posix', { every, node: process.execPath, home: folder, zone: 'Europe/Berlin' });
        const files = SCHEDULERS.systemd.files(plan).map(({ path, text }) => {
          const file = join(folder, basename(path));
          writeFileSync(file, text);
          return file;
        });
        const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--user', '--man=no', ...files], {
          env: { ...process.env, XDG_RUNTIME_DIR: folder, HOME: folder },
          encoding: 'utf8',
        });
        assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
      });
    }
  });

  it('hands over each word as it is', () => {
    const plan = aPlan('posix', { push: 'Data "lake" 50% $HOME' });
    const [service] = SCHEDULERS.systemd.files(plan);
    const [, line = ''] = /^ExecStart=(.*)$/mu.exec(service?.text ?? '') ?? [];
    assert.deepEqual(systemdWords(line), commandOf(plan));
  });

  it('is kept where XDG_CONFIG_HOME says', () => {
    const plan = aPlan('posix', { env: { XDG_CONFIG_HOME: '/config' } });
    assert.deepEqual(
      SCHEDULERS.systemd.files(plan).map(({ path }) => path),
      [`/config/systemd/user/${plan.name}.service`, `/config/systemd/user/${plan.name}.timer`],
    );
  });
});

describe('a launchd agent', () => {
  for (const [name, every] of Object.entries(EVERY)) {
    it(`of ${name} is XML that holds each word as it is`, function () {
      if (!isThere('xmllint')) {
        this.skip();
      }
      inFolder((folder) => {
        const plan = aPlan('posix', { every });
        const file = join(folder, 'agent.plist');
        writeFileSync(file, SCHEDULERS.launchd.files(plan)[0]?.text ?? '');
        assert.deepEqual(
          commandOf(plan).map((_, index) => xpath(file, `string(/plist/dict/array[1]/string[${index + 1}])`)),
          commandOf(plan),
        );
        assert.equal(xpath(file, 'count(/plist/dict/key)'), '9');
      });
    });
  }
});

describe('a scheduled task', () => {
  for (const [name, every] of Object.entries(EVERY)) {
    it(`of ${name} is XML in UTF-16 that holds each word as it is`, function () {
      if (!isThere('xmllint')) {
        this.skip();
      }
      inFolder((folder) => {
        const plan = aPlan('win32', { every, push: 'Data "lake" 50% & \\' });
        const file = join(folder, 'task.xml');
        const [task] = SCHEDULERS.windows.files(plan);
        writeFileSync(file, Buffer.from(task?.text ?? '', task?.encoding));
        assert.deepEqual([...readFileSync(file).subarray(0, 2)], [0xff, 0xfe]);
        const element = (last: string): string => xpath(file, `string(//*[local-name()='${last}'])`);
        assert.equal(element('Command'), plan.node);
        assert.deepEqual(windowsWords(element('Arguments')), commandOf(plan).slice(1));
      });
    });
  }
});

describe('a cron line', () => {
  it('hands over each word as it is', () => {
    const plan = aPlan('posix', { node: process.execPath, push: "the lake's 50% $HOME" });
    const line = SCHEDULERS.cron.byHand?.(plan) ?? '';
    const [, command = ''] = /^\d+ \* \* \* \* (.*)$/u.exec(line) ?? [];
    // Cron turns \% into %; sh takes the rest apart.
    const script = command.replaceAll('\\%', '%').replace(process.execPath, "printf '%s\\n'");
    assert.deepEqual(
      execFileSync('sh', ['-c', script], { encoding: 'utf8' }).trimEnd().split('\n'),
      commandOf(plan).slice(1),
    );
  });

  it('says when', () => {
    const times = Object.values(EVERY).map(
      (every) => (SCHEDULERS.cron.byHand?.(aPlan('posix', { every })) ?? '').split(/ ['/](?!3)/u)[0],
    );
    assert.match(times[0] ?? '', /^\d+-59\/30 \* \* \* \*$/);
    assert.match(times[1] ?? '', /^\d+ \* \* \* \*$/);
    assert.equal(times[2], '0 2 * * *');
  });
});

function xpath(file: string, expression: string): string {
  return execFileSync('xmllint', ['--nonet', '--xpath', expression, file], { encoding: 'utf8' }).replace(
    /\n$/,
    '',
  );
}

/** As systemd.syntax and systemd.service say: quotes, backslashes, specifiers, and variables after the first word. */
function systemdWords(line: string): readonly string[] {
  return [...line.matchAll(/"((?:[^"\\]|\\.)*)"/gu)].map(([, word = ''], index) => {
    const plain = word.replace(/\\(.)/gu, '$1').replaceAll('%%', '%');
    return index === 0 ? plain : plain.replaceAll('$$', '$');
  });
}

/** As CommandLineToArgvW does. */
function windowsWords(line: string): readonly string[] {
  const words: string[] = [];
  let word = '';
  let isQuoted = false;
  for (let index = 0; index < line.length; index += 1) {
    const slashes = /^\\+/u.exec(line.slice(index))?.[0].length ?? 0;
    const next = line[index + slashes];
    if (slashes > 0 && next === '"') {
      word += '\\'.repeat(Math.floor(slashes / 2));
      if (slashes % 2 === 1) {
        word += '"';
        index += slashes;
      } else {
        index += slashes - 1;
      }
    } else if (slashes > 0) {
      word += '\\'.repeat(slashes);
      index += slashes - 1;
    } else if (next === '"') {
      isQuoted = !isQuoted;
    } else if (next === ' ' && !isQuoted) {
      words.push(word);
      word = '';
    } else {
      word += next ?? '';
    }
  }
  return [...words, word];
}
