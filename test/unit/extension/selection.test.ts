import assert from 'node:assert/strict';
import { instancesFromArguments } from '../../../src/extension/instances/selection';
import { anInstance } from './builders';

describe('the arguments of a command', () => {
  const instances = [
    anInstance(),
    anInstance({ id: 2, name: 'resgpt' }),
    anInstance({ id: 3, name: 'third' }),
  ];
  const ids = (...args: unknown[]) => instancesFromArguments(args, instances).map(({ id }) => id);

  it('name an instance by its line in the tree, its id or its name', () => {
    assert.deepEqual(ids({ instanceId: 2 }), [2]);
    assert.deepEqual(ids(2), [2]);
    assert.deepEqual(ids('ResGPT'), [2]);
  });

  it('name all selected lines of the tree', () => {
    assert.deepEqual(ids({ instanceId: 2 }, [{ instanceId: 3 }, { instanceId: 2 }]), [2, 3]);
  });

  it('name one instance once, whichever of its lines are selected', () => {
    assert.deepEqual(ids({ instanceId: 1 }, [{ instanceId: 1 }, { instanceId: 1, runId: 'x' }]), [1]);
  });

  it('name nobody when they are absent or strange', () => {
    assert.deepEqual(ids(), []);
    assert.deepEqual(ids(undefined, undefined), []);
    assert.deepEqual(ids({ scheme: 'file' }), []);
    assert.deepEqual(ids('unknown'), []);
  });
});
