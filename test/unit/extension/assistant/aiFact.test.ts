import assert from 'node:assert/strict';
import { factNodes } from '../../../../src/extension/views/factNodes';
import { instanceViews } from '../../../../src/extension/views/instanceView';
import type { Instance } from '../../../../src/store/instances/instance';
import { anInstance, aView, NOW } from '../builders';

function lineOf(changes: Partial<Instance>): string | undefined {
  const [view] = instanceViews(aView({ instances: [anInstance(changes)] }));
  assert.ok(view);
  const line = factNodes(view, NOW, 'UTC').find(({ label }) => label === 'Available to AI');
  return line?.description;
}

describe('The lines of an instance', () => {
  it('say that chats may read it, and how much, and nothing where they may not', () => {
    assert.equal(lineOf({ ai: 'numbers' }), 'Numbers and names');
    assert.equal(lineOf({ ai: 'text' }), 'With the text of messages');
    assert.equal(lineOf({}), undefined);
  });

  it('say what holds where the privacy mode allows less than was agreed to', () => {
    assert.equal(lineOf({ ai: 'text', privacy: 'names' }), 'Numbers and names');
    assert.equal(lineOf({ ai: 'text', privacy: 'counts' }), undefined);
  });
});
