import assert from 'node:assert/strict';
import { ensureDataFolder, type DataFolder } from '../../../../src/store/files/dataFolder';
import { injectFaults, type Failpoint } from '../../../../src/store/files/failpoints';
import {
  generationPath,
  listGenerations,
  newestGeneration,
} from '../../../../src/store/files/fileGeneration';
import { GenerationStore, readSealed } from '../../../../src/store/files/generationStore';
import { PublishConflictError } from '../../../../src/store/errors';
import { useTemporaryFolder } from '../builders';
import { errno, onceAt, useFaults } from './faults';

const DAY = '2025-11-16';

describe('Publishing step by step', () => {
  const root = useTemporaryFolder();
  let folder: DataFolder;
  useFaults();
  beforeEach(() => {
    folder = ensureDataFolder(root());
  });
  const publish = (number: number, text = `image ${number}`): void => {
    new GenerationStore(folder).publish(Buffer.from(text), number, DAY);
  };
  const textOf = (number: number): string | undefined => {
    const sealed = readSealed(generationPath(folder.generations, number));
    return typeof sealed === 'object' ? Buffer.from(sealed.image).toString() : undefined;
  };

  it('case 33: a power cut keeps what was acknowledged: the bytes are synced before the name, the name before the answer', () => {
    const events: string[] = [];
    injectFaults({
      at: (point) => events.push(point),
      before: (step, path) =>
        events.push(`${step} ${path.slice(folder.root.length + 1).replace(/\.tmp.*/u, '.tmp')}`),
    });
    publish(1);
    assert.deepEqual(events.slice(0, events.indexOf('publish:folderSynced') + 1), [
      'write db/00000001.db.tmp',
      'write db/00000001.db.tmp',
      'write db/00000001.db.tmp',
      'publish:written',
      'sync db/00000001.db.tmp',
      'publish:synced',
      'link db/00000001.db',
      'remove db/00000001.db.tmp',
      'publish:linked',
      'publish:listed',
      'sync db',
      'publish:folderSynced',
    ]);
  });

  describe('a writer that stands still over five publishes of others', () => {
    const pausedAt = (point: Failpoint): unknown => {
      publish(1);
      const wasReached = onceAt(point, () => {
        for (let number = 1; number <= 5; number++) {
          publish(newestGeneration(folder.generations) + 1, `other ${number}`);
        }
      });
      try {
        publish(2, 'slow');
        return undefined;
      } catch (error) {
        return error;
      } finally {
        assert.ok(wasReached());
      }
    };

    for (const point of ['publish:written', 'publish:synced', 'publish:linked'] as const) {
      it(`case 45: at ${point} drops its work and starts over`, () => {
        assert.ok(pausedAt(point) instanceof PublishConflictError);
        assert.equal(textOf(newestGeneration(folder.generations)), 'other 5');
        assert.ok(listGenerations(folder.generations).every((number) => textOf(number) !== 'slow'));
      });
    }

    for (const point of ['publish:listed', 'publish:folderSynced', 'publish:pruned'] as const) {
      it(`at ${point} has published: the others went on from its work`, () => {
        assert.equal(pausedAt(point), undefined);
        assert.deepEqual(listGenerations(folder.generations), [7, 6, 5]);
        assert.equal(textOf(7), 'other 5');
      });
    }
  });

  it('frees its number again when the name cannot be made durable', () => {
    injectFaults({
      before: (step, path) => {
        if (step === 'sync' && path === folder.generations) {
          throw errno('EIO');
        }
      },
    });
    assert.throws(() => {
      publish(1);
    }, /reports an error/u);
    injectFaults(undefined);
    assert.deepEqual(listGenerations(folder.generations), []);
    publish(1);
    assert.equal(textOf(1), 'image 1');
  });

  it('is not a failure for want of the copy of the day, which the next publish makes', () => {
    injectFaults({
      before: (step) => {
        if (step === 'copy') {
          throw errno('ENOSPC');
        }
      },
    });
    publish(1);
    assert.equal(textOf(1), 'image 1');
    injectFaults(undefined);
    publish(2);
    assert.equal(typeof readSealed(`${folder.daily}/${DAY}.db`), 'object');
  });

  it('keeps the days that were, though the clock once ran ahead', () => {
    const store = new GenerationStore(folder);
    const days = ['2035-01-01', '2035-01-02', '2035-01-03', '2025-11-14', '2025-11-15', '2025-11-16'];
    days.forEach((day, index) => {
      store.publish(Buffer.from(day), index + 1, day);
    });
    const kept = ['2025-11-14', '2025-11-15', '2025-11-16'];
    assert.deepEqual(
      kept.map((day) => typeof readSealed(`${folder.daily}/${day}.db`)),
      ['object', 'object', 'object'],
    );
  });
});
