import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, statSync } from 'node:fs';
import { ensureDataFolder, type DataFolder } from '../../../../src/store/files/dataFolder';
import { isToldOf, Journal, journalSignature, readJournal } from '../../../../src/store/files/journal';
import { instanceOf, NOON, runEnd, runStart, useTemporaryFolder } from '../builders';

describe('Journal', () => {
  const root = useTemporaryFolder();
  let folder: DataFolder;
  let journal: Journal;
  beforeEach(() => {
    folder = ensureDataFolder(root());
    journal = new Journal(folder);
  });
  const start = (runId: string, instanceId = 1): void => {
    journal.start(runStart({ runId, instanceId }), instanceOf(instanceId), 'Europe/Berlin');
  };

  it('is empty at first', () => {
    assert.deepEqual(readJournal(folder), []);
    assert.equal(journalSignature(folder), '');
  });

  it('tells of started and of ended runs, in the order of their starts', () => {
    start('a');
    start('b');
    journal.end({
      run: runEnd({ runId: 'a', error: 'no key' }),
      generation: 7,
      states: [{ stream: 'users', scope: '', mark: 5, walkJson: undefined }],
      health: { failures: 2, nextAllowedAt: NOON },
    });
    const [a, b] = readJournal(folder);
    assert.ok(a !== undefined && b !== undefined);
    assert.deepEqual(a.start, runStart({ runId: 'a' }));
    assert.equal(a.end?.error, 'no key');
    assert.equal(a.generation, 7);
    assert.deepEqual(a.states, [{ stream: 'users', scope: '', mark: 5 }]);
    assert.deepEqual(a.health, { failures: 2, nextAllowedAt: NOON });
    assert.equal(a.pid, process.pid);
    assert.equal(b.end, undefined);
    assert.deepEqual(b.instance, instanceOf(1));
  });

  it('takes a run that started again as under way', () => {
    start('a');
    journal.end({ run: runEnd({ runId: 'a' }), generation: 1, states: [] });
    start('a');
    assert.equal(readJournal(folder)[0]?.end, undefined);
  });

  it('is readable by its owner only and changes its signature with each line', () => {
    start('a');
    const before = journalSignature(folder);
    start('b');
    assert.notEqual(journalSignature(folder), before);
    assert.equal(statSync(folder.journal).mode & 0o777, 0o600);
  });

  it('passes over a line that a crash cut short, and over lines of a newer version', () => {
    start('a');
    appendFileSync(folder.journal, '{"type":"hologram"}\n{"type":"end","gener');
    start('b');
    assert.deepEqual(
      readJournal(folder).map((run) => run.start.runId),
      ['a', 'b'],
    );
  });

  it('forgets the runs of a removed instance, not later ones', () => {
    start('a', 1);
    start('b', 2);
    journal.removed(1);
    start('c', 2);
    assert.deepEqual(
      readJournal(folder).map((run) => run.start.runId),
      ['b', 'c'],
    );
  });

  describe('when a backup is restored', () => {
    const end = (runId: string, generation: number): void => {
      journal.end({ run: runEnd({ runId }), generation, states: [] });
    };
    const toldOf = (generation: number): string[] =>
      readJournal(folder)
        .filter((run) => isToldOf(run, generation))
        .map(({ start: { runId } }) => runId);

    it('tells the restored generation, and those that follow, of no run before it', () => {
      start('ended');
      end('ended', 4);
      start('open');
      journal.restored(5);
      start('later');
      end('later', 5);
      start('now');
      assert.deepEqual(toldOf(5), ['later', 'now']);
      assert.deepEqual(toldOf(9), ['later', 'now']);
      assert.deepEqual(toldOf(4), ['ended', 'open', 'later', 'now'], 'what came before is told all');
    });

    it('tells it of no run either that a sleeping process ends later on the older generation', () => {
      start('asleep');
      journal.restored(5);
      end('asleep', 4);
      assert.deepEqual(toldOf(5), []);
    });

    it('remembers that also once the journal was cut', () => {
      start('open');
      journal.restored(2);
      for (let generation = 2; generation <= 200; generation++) {
        start(`run-${generation}`);
        const run = runEnd({ runId: `run-${generation}`, error: 'x'.repeat(500) });
        journal.end({ run, generation, states: [] });
        journal.published(generation);
      }
      assert.ok(statSync(folder.journal).size < 70_000);
      assert.ok(toldOf(1).includes('open'));
      assert.ok(!toldOf(2).includes('open'));
    });
  });

  it('drops what two generations hold once it has grown, but no open run', () => {
    start('open');
    for (let generation = 1; generation <= 200; generation++) {
      start(`run-${generation}`);
      const run = runEnd({ runId: `run-${generation}`, error: 'x'.repeat(500) });
      journal.end({ run, generation, states: [] });
      journal.published(generation);
    }
    const ids = readJournal(folder).map((run) => run.start.runId);
    assert.equal(ids[0], 'open');
    assert.deepEqual(ids.slice(-2), ['run-199', 'run-200']);
    assert.ok(readFileSync(folder.journal).length < 70_000);
  });
});
