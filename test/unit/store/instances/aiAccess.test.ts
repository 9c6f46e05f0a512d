import assert from 'node:assert/strict';
import { aiAccessOf } from '../../../../src/store/instances/aiAccess';
import { addInstance, loadInstances, updateInstance } from '../../../../src/store/instances/instancesFile';
import type { Instance } from '../../../../src/store/instances/instance';
import { useTemporaryFolder } from '../builders';

describe('what models may read of an instance', () => {
  const root = useTemporaryFolder();
  const add = (changes: Partial<Pick<Instance, 'privacy'>> = {}): Promise<Instance> =>
    addInstance(root(), { name: 'one', url: 'https://chat.example.com/ai', ...changes });
  const kept = async (): Promise<string | undefined> => (await loadInstances(root())).instances[0]?.ai;

  it('is nothing at first', async () => {
    const instance = await add();
    assert.equal(aiAccessOf(instance), undefined);
    assert.equal(await kept(), undefined);
  });

  it('is kept as it was agreed to, and taken back', async () => {
    const { id } = await add();
    assert.equal(aiAccessOf(await updateInstance(root(), id, { ai: 'text' })), 'text');
    assert.equal(await kept(), 'text');
    await updateInstance(root(), id, { name: 'two', enabled: false });
    assert.equal(await kept(), 'text', 'another change is none of its business');
    assert.equal('ai' in (await updateInstance(root(), id, { ai: 'off' })), false);
    assert.equal(await kept(), undefined);
  });

  it('is never more than the privacy mode allows, whatever the record says', () => {
    const access = (['full', 'names', 'pseudonyms', 'counts'] as const).map((privacy) =>
      (['numbers', 'text'] as const).map((ai) => aiAccessOf({ ai, privacy })),
    );
    assert.deepEqual(access, [
      ['numbers', 'text'],
      ['numbers', 'numbers'],
      [undefined, undefined],
      [undefined, undefined],
    ]);
  });

  it('ends with a stricter privacy mode, and does not come back with a looser one', async () => {
    const { id } = await add();
    await updateInstance(root(), id, { ai: 'numbers' });
    await updateInstance(root(), id, { privacy: 'names' });
    assert.equal(await kept(), undefined);
    await updateInstance(root(), id, { ai: 'numbers' });
    await updateInstance(root(), id, { privacy: 'full' });
    assert.equal(await kept(), 'numbers', 'a looser mode takes nothing back');
    await updateInstance(root(), id, { privacy: 'counts' });
    await updateInstance(root(), id, { privacy: 'full' });
    assert.equal(await kept(), undefined);
  });

  it('ends where the instance becomes another server, and stays at another path of the same', async () => {
    const { id } = await add();
    await updateInstance(root(), id, { ai: 'numbers' });
    await updateInstance(root(), id, { url: 'https://chat.example.com/other' });
    assert.equal(await kept(), 'numbers');
    await updateInstance(root(), id, { url: 'https://chat.example.org/other' });
    assert.equal(await kept(), undefined);
  });
});
