import assert from 'node:assert/strict';
import { readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolderAt } from '../../../../src/store/files/dataFolder';
import { temporaryOwner } from '../../../../src/store/files/durableFiles';
import { DiskFullError } from '../../../../src/store/errors';
import { injectFaults } from '../../../../src/store/files/failpoints';
import { listGenerations } from '../../../../src/store/files/fileGeneration';
import { readSealed } from '../../../../src/store/files/generationStore';
import { addInstance, loadInstances } from '../../../../src/store/instances/instancesFile';
import { readJournal } from '../../../../src/store/files/journal';
import type { MirrorDatabase } from '../../../../src/store/writer/mirrorDatabase';
import { begin, chat, fetched, message, openMirror, useMirrors } from '../builders';
import { filesIn, publishedRows } from '../published';
import { failSteps, useFaults } from './faults';
import { mountSmallDisk, type TestMount } from './mounts';
import { publishedNames, writePerson } from './operations';

const MB = 1_000_000;

describe('A disk that is full', () => {
  const mirrors = useMirrors();
  useFaults();
  const folder = (): ReturnType<typeof dataFolderAt> => dataFolderAt(mirrors.root());
  const publish = (mirror: MirrorDatabase, userId: string): void => {
    writePerson(mirror, userId);
    mirror.publish();
  };

  it('case 34: makes older generations and days give way, the newest sound file never', async () => {
    let now = Date.UTC(2025, 10, 16) / 1000;
    const mirror = await mirrors.open({ now: () => now });
    for (const userId of ['ann', 'bob', 'cy']) {
      publish(mirror, userId);
      now += 86_400;
    }
    failSteps(['write'], 'ENOSPC', /db.00000004/u);
    writePerson(mirror, 'dee');
    assert.throws(() => mirror.publish(), DiskFullError);
    assert.deepEqual(listGenerations(folder().generations), [3]);
    assert.deepEqual(readdirSync(folder().daily), []);
    assert.deepEqual(await publishedNames(mirrors.root()), ['ann', 'bob', 'cy']);
    injectFaults(undefined);
    mirror.publish();
    assert.deepEqual(await publishedNames(mirrors.root()), ['ann', 'bob', 'cy', 'dee']);
  });

  it('never gives up the last good file for one that is damaged', async () => {
    const mirror = await mirrors.open();
    publish(mirror, 'ann');
    publish(mirror, 'bob');
    writeFileSync(join(folder().generations, '00000002.db'), 'damaged');
    rmSync(folder().daily, { recursive: true });
    failSteps(['write'], 'ENOSPC', /db.00000003/u);
    writePerson(mirror, 'cy');
    assert.throws(() => mirror.publish(), DiskFullError);
    assert.equal(typeof readSealed(join(folder().generations, '00000001.db')), 'object');
  });

  it('leaves a run that could not be published as failed for this reason', async () => {
    const mirror = await mirrors.open();
    publish(mirror, 'ann');
    failSteps(['write'], 'ENOSPC', /db.0000000/u);
    writePerson(mirror, 'bob');
    assert.throws(() => mirror.publish(), DiskFullError);
    injectFaults(undefined);
    mirrors.close(mirror);
    publish(await mirrors.open(), 'cy');
    const [, bob = []] = await publishedRows(
      mirrors.root(),
      'SELECT status, error_code, error FROM sync_runs ORDER BY id',
    );
    assert.deepEqual(bob.slice(0, 2), ['failed', 'diskFull']);
    assert.match(String(bob[2]), /^The disk that holds the mirror is full/u);
  });

  it('does not take back a publish that the journal has no room to tell of', async () => {
    const mirror = await mirrors.open();
    writePerson(mirror, 'ann');
    failSteps(['write'], 'ENOSPC', /journal/u);
    assert.deepEqual(mirror.publish(), { generation: 1, published: true });
    mirrors.close(mirror);
    injectFaults(undefined);
    publish(await mirrors.open(), 'bob');
    assert.deepEqual(await publishedRows(mirrors.root(), 'SELECT status FROM sync_runs'), [['ok'], ['ok']]);
  });

  describe('for real, on a small disk in memory', () => {
    let disk: TestMount | undefined;
    let mirror: MirrorDatabase | undefined;
    before(function () {
      disk = mountSmallDisk(4 * MB);
      if (disk === undefined) {
        this.skip();
      }
    });
    after(() => disk?.unmount());
    afterEach(() => {
      mirror?.close();
      mirror = undefined;
      rmSync(filler(), { force: true });
    });
    const root = (): string => disk?.path ?? '';
    const filler = (): string => join(root(), 'filler');
    const freeBytes = (): number => statfsSync(root()).bavail * statfsSync(root()).bsize;
    const leave = (bytes: number): void => {
      rmSync(filler(), { force: true });
      writeFileSync(filler(), Buffer.alloc(Math.max(0, freeBytes() - bytes)));
    };
    const open = async (): Promise<MirrorDatabase> => (mirror = await openMirror(root()));
    const halfFiles = (): string[] =>
      [...filesIn(root()).keys()].filter((name) => temporaryOwner(name) !== undefined);

    it('case 34: a first download says what is missing and where, and publishes once there is room', async () => {
      const writer = await open();
      writePerson(writer, 'ann');
      leave(100_000);
      assert.throws(
        () => writer.publish(),
        (error) =>
          error instanceof DiskFullError &&
          error.message ===
            `The disk that holds the mirror is full: 1 MB more are needed at ${join(root(), 'db')}.`,
      );
      assert.deepEqual(listGenerations(dataFolderAt(root()).generations), []);
      assert.deepEqual(halfFiles(), []);
      rmSync(filler());
      writer.publish();
      assert.deepEqual(await publishedNames(root()), ['ann']);
    });

    it('a publish makes room for itself', async () => {
      const writer = await open();
      publish(writer, 'bob');
      publish(writer, 'cy');
      const { generations } = dataFolderAt(root());
      const before = listGenerations(generations);
      leave(50_000);
      publish(writer, 'dee');
      const [newest = 0, kept] = listGenerations(generations);
      assert.deepEqual([newest, kept], [(before[0] ?? 0) + 1, before[0]]);
      assert.deepEqual(await publishedNames(root()), ['ann', 'bob', 'cy', 'dee']);
    });

    it('keeps older files where even all of them would not be enough', async () => {
      const writer = await open();
      publish(writer, 'eve');
      const { generations, daily } = dataFolderAt(root());
      const before = [...readdirSync(generations), ...readdirSync(daily)];
      assert.ok(before.length > 1);
      const messages = [message('long', { content: 'x'.repeat(5 * MB) })];
      const run = begin(writer, 'long');
      writer.applyChat(run, fetched(chat('long', { userRemoteId: 'eve', messages })));
      assert.throws(() => writer.publish(), DiskFullError);
      assert.deepEqual([...readdirSync(generations), ...readdirSync(daily)], before);
    });

    it('the fixed copy stays as it was', async () => {
      const writer = await open();
      publish(writer, 'gil');
      writer.refreshCopies();
      const { fixedName } = dataFolderAt(root());
      const before = readSealed(fixedName);
      publish(writer, 'hal');
      leave(20_000);
      assert.throws(() => writer.refreshCopies(), DiskFullError);
      assert.deepEqual(readSealed(fixedName), before);
      assert.deepEqual(halfFiles(), []);
    });

    it('the journal keeps its lines, and takes new ones once there is room', async () => {
      const writer = await open();
      publish(writer, 'ida');
      leave(0);
      const before = readJournal(dataFolderAt(root())).length;
      let refused = 0;
      for (let run = 1; refused === 0 && run < 100; run++) {
        try {
          begin(writer, `until full ${run} ${'x'.repeat(500)}`);
        } catch (error) {
          assert.ok(error instanceof DiskFullError);
          refused = run;
        }
      }
      assert.equal(readJournal(dataFolderAt(root())).length, before + refused - 1);
      rmSync(filler());
      begin(writer, 'room again');
      const runs = readJournal(dataFolderAt(root()));
      assert.deepEqual([runs.length, runs.at(-1)?.start.runId], [before + refused, 'room again']);
    });

    it('the list of instances stays as it was', async () => {
      await addInstance(root(), { name: 'before', url: 'https://chat.example.com' });
      leave(0);
      const long = `https://chat.example.com/${'x'.repeat(8_000)}`;
      await assert.rejects(addInstance(root(), { name: 'after', url: long }), DiskFullError);
      const { instances } = await loadInstances(root());
      assert.deepEqual(
        instances.map(({ name }) => name),
        ['before'],
      );
    });
  });
});
