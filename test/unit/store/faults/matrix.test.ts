import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { dataFolderAt } from '../../../../src/store/files/dataFolder';
import { temporaryOwner } from '../../../../src/store/files/durableFiles';
import { StorageError } from '../../../../src/store/errors';
import { FAILPOINTS, injectFaults, type Failpoint } from '../../../../src/store/files/failpoints';
import { useMirrors } from '../builders';
import { filesIn, publishedRows } from '../published';
import { errno, onceAt, useFaults } from './faults';
import { OPERATIONS, publishedNames, sceneOf, type Operation, type Scene } from './operations';

/** What the user reads, by what the system says. */
const SENTENCES: Readonly<Record<string, RegExp>> = {
  ENOSPC: /^The disk that holds the mirror is full: \d+ MB more are needed at /u,
  EIO: /^The disk that holds the mirror reports an error at /u,
  EACCES: /^The data folder cannot be written: /u,
};

/** Places after which nothing follows that may fail unseen, and beats, which are tried again by themselves. */
const NOTHING_CAN_FAIL = /^(?:lock:(?:taken|released|beat.*)|purge:.*)$/u;
/** Restoring has tests of its own. */
const ELSEWHERE = /^restore:/u;

const points = (Object.keys(FAILPOINTS) as Failpoint[]).filter(
  (point) => !NOTHING_CAN_FAIL.test(point) && !ELSEWHERE.test(point),
);

function operationAt(point: Failpoint): Operation {
  const make = OPERATIONS[point.split(':')[0] ?? ''];
  assert.ok(make, `nothing comes to ${point}`);
  return make();
}

describe('A disk that fails at any named place', () => {
  const mirrors = useMirrors();
  useFaults();

  /** @returns the error that the operation ended with */
  const outcomeOf = async (operation: Operation, scene: Scene): Promise<unknown> => {
    try {
      await operation.run(scene);
      return undefined;
    } catch (error) {
      return error;
    }
  };

  const assertSound = async (root: string): Promise<void> => {
    const folder = dataFolderAt(root);
    assert.deepEqual(readdirSync(folder.corrupt), []);
    assert.deepEqual(
      [...filesIn(root).keys()].filter((name) => temporaryOwner(name) !== undefined),
      [],
      'no half file stays',
    );
    assert.deepEqual(await publishedRows(root, 'PRAGMA integrity_check'), [['ok']]);
  };

  for (const point of points) {
    for (const [code, sentence] of Object.entries(SENTENCES)) {
      it(`${code} at ${point}: nothing is lost, one sentence, the next try works`, async () => {
        const scene = await sceneOf(mirrors);
        const operation = operationAt(point);
        const wasReached = onceAt(point, () => {
          throw errno(code);
        });
        const error = await outcomeOf(operation, scene);
        assert.ok(wasReached(), 'the operation comes there');
        injectFaults(undefined);
        if (error === undefined) {
          assert.ok(await operation.isDone(scene), 'what was acknowledged is done');
        } else {
          assert.ok(error instanceof StorageError);
          assert.match(error.message, sentence);
        }
        await assertSound(scene.root);
        await operation.run(scene);
        assert.ok(await operation.isDone(scene), 'the next try works');
        await assertSound(scene.root);
        assert.ok((await publishedNames(scene.root)).includes('ann'));
      });
    }

    it(`writes that are short, up to ${point}: every file is whole`, async () => {
      const scene = await sceneOf(mirrors);
      const operation = operationAt(point);
      injectFaults({ shortened: (_path, length) => Math.min(length, 997) });
      await operation.run(scene);
      injectFaults(undefined);
      assert.ok(await operation.isDone(scene));
      await assertSound(scene.root);
    });
  }
});
