import assert from 'node:assert/strict';
import { selectedNodes } from '../../../../src/extension/views/tree/selectedNodes';
import type { TreeNode } from '../../../../src/extension/views/tree/treeNode';

interface Fruit extends TreeNode {
  readonly fruit: string;
}

const isFruit = (node: TreeNode): node is Fruit => 'fruit' in node;
const aFruit = (fruit: string): Fruit => ({
  id: fruit,
  label: fruit,
  icon: { id: 'circle' },
  contextValue: 'type=fruit',
  children: [],
  fruit,
});

describe('the lines that a command of a tree is for', () => {
  const [apple, pear] = [aFruit('apple'), aFruit('pear')];
  const chosen = (...args: readonly unknown[]) => selectedNodes(args, isFruit).map(({ fruit }) => fruit);

  it('are the line that was clicked', () => {
    assert.deepEqual(chosen(apple), ['apple']);
    assert.deepEqual(chosen(apple, []), ['apple']);
  });

  it('are all that are selected', () => {
    assert.deepEqual(chosen(apple, [apple, pear]), ['apple', 'pear']);
  });

  it('are those of its kind', () => {
    const { fruit, ...other } = aFruit('stone');
    assert.deepEqual(chosen(apple, [apple, other]), ['apple']);
    assert.equal(fruit, 'stone');
  });

  it('are none when somebody runs it from elsewhere', () => {
    assert.deepEqual(chosen(), []);
    assert.deepEqual(chosen('alpha', undefined), []);
  });
});
