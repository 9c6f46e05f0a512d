import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WeeklyLetters, type WeeklyLettersDeps } from '../../../../src/extension/changes/weeklyLetters';
import { writeOnce } from '../../../../src/extension/changes/writeOnce';
import { NEVER_SYNCED, type InstanceStatus } from '../../../../src/store/runs';

/** Monday after week 2026-W31. */
const MONDAY = Date.parse('2026-08-03T00:00:00Z') / 1000;

function synced(lastSyncEpoch: number): InstanceStatus {
  return { ...NEVER_SYNCED, instanceId: 1, name: 'fasgpt', url: 'http://fasgpt.test', lastSyncEpoch };
}

describe('weekly letters', () => {
  let folder: string;
  let log: string[];
  let asked: string[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'letters-'));
    log = [];
    asked = [];
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function letters(overrides: Partial<WeeklyLettersDeps> = {}): WeeklyLetters {
    const keep = (message: string): void => void log.push(message);
    return new WeeklyLetters({
      isOn: () => true,
      status: () => ({ generation: 1, instances: [synced(MONDAY + 60)] }),
      isSyncing: () => false,
      now: () => (MONDAY + 8 * 3600) * 1000,
      zone: () => 'UTC',
      folder: () => folder,
      letterOf: (week) => {
        asked.push(week);
        return Promise.resolve(`Subject: ${week}\n`);
      },
      log: { info: keep, warn: keep, error: keep },
      ...overrides,
    });
  }

  it('are written after the first sync that ended after the week', async () => {
    await letters().check();
    assert.equal(readFileSync(join(folder, 'what-changed-2026-W31.md'), 'utf8'), 'Subject: 2026-W31\n');
    assert.equal(log.length, 1);
  });

  it('make the export folder', async () => {
    const inner = join(folder, 'output', 'ai_usage');
    await letters({ folder: () => inner }).check();
    assert.deepEqual(readdirSync(inner), ['what-changed-2026-W31.md']);
  });

  it('are not written unless the user wants them, nor before such a sync, nor during one', async () => {
    await letters({ isOn: () => false }).check();
    await letters({ status: () => ({ generation: 1, instances: [synced(MONDAY - 60)] }) }).check();
    await letters({ isSyncing: () => true }).check();
    assert.deepEqual(readdirSync(folder), []);
    assert.deepEqual(asked, []);
  });

  it('are written when the sync that ran is over', async () => {
    let isSyncing = true;
    const weekly = letters({ isSyncing: () => isSyncing });
    await weekly.check();
    isSyncing = false;
    await weekly.check();
    assert.deepEqual(asked, ['2026-W31']);
  });

  it('are written once, in whichever window', async () => {
    const windows = [letters(), letters()];
    await Promise.all(windows.map((weekly) => weekly.check()));
    await letters().check();
    assert.deepEqual(readdirSync(folder), ['what-changed-2026-W31.md']);
    assert.equal(log.length, 1);
  });

  it('are written again when somebody deleted the file and something is new', async () => {
    let generation = 1;
    const weekly = letters({ status: () => ({ generation, instances: [synced(MONDAY + 60)] }) });
    await weekly.check();
    rmSync(join(folder, 'what-changed-2026-W31.md'));
    await weekly.check();
    assert.deepEqual(readdirSync(folder), []);
    generation = 2;
    await weekly.check();
    assert.deepEqual(readdirSync(folder), ['what-changed-2026-W31.md']);
  });

  it('say in the log why they could not be written, and try again with the next data', async () => {
    let generation = 1;
    let isBroken = true;
    const weekly = letters({
      status: () => ({ generation, instances: [synced(MONDAY + 60)] }),
      letterOf: () => (isBroken ? Promise.reject(new Error('No worker')) : Promise.resolve('letter')),
    });
    await weekly.check();
    assert.match(log[0] ?? '', /^Failed to write what changed in 2026-W31: .*No worker/su);
    isBroken = false;
    generation = 2;
    await weekly.check();
    assert.deepEqual(readdirSync(folder), ['what-changed-2026-W31.md']);
  });

  it('say in the log that there is no folder', async () => {
    await letters({ folder: () => undefined }).check();
    assert.match(log[0] ?? '', /set an absolute export folder, or open a folder/u);
  });
});

describe('a file that is written once', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'once-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('keeps its first text and leaves nothing else behind', async () => {
    const path = join(folder, 'a', 'letter.md');
    const results = await Promise.all(['one', 'two', 'three'].map((text) => writeOnce(path, text)));
    assert.equal(results.filter(Boolean).length, 1);
    assert.equal(readFileSync(path, 'utf8'), ['one', 'two', 'three'][results.indexOf(true)]);
    assert.deepEqual(readdirSync(join(folder, 'a')), ['letter.md']);
  });

  it('names itself in a failure', async () => {
    await writeOnce(join(folder, 'file'), 'text');
    await assert.rejects(
      writeOnce(join(folder, 'file', 'letter.md'), 'text'),
      /Failed to write .*letter\.md/u,
    );
  });
});
