import assert from 'node:assert/strict';
import { ShownNodes } from '../../../../src/extension/views/tree/shownNodes';
import type { TreeNode } from '../../../../src/extension/views/tree/treeNode';

function aNode(id: string, children: readonly TreeNode[] = [], label = id): TreeNode {
  return { id, label, icon: { id: 'circle' }, contextValue: `type=${id}`, children };
}

/** Shows lines as the editor does: the first level and whatever is open. */
function show(roots: readonly TreeNode[], open: readonly string[] = []): ShownNodes<TreeNode> {
  const shown = new ShownNodes<TreeNode>();
  shown.replace(roots);
  const draw = (nodes: readonly TreeNode[]): void =>
    nodes.forEach((node) => {
      shown.draw(node);
      if (open.includes(node.id)) {
        draw(shown.children(node));
      }
    });
  draw(shown.children());
  return shown;
}

const idsOf = (changed: readonly TreeNode[] | 'all') =>
  changed === 'all' ? changed : changed.map(({ id }) => id);

describe('lines of a tree that change', () => {
  it('are left alone where nothing differs', () => {
    const shown = show([aNode('a', [aNode('a1')]), aNode('b')], ['a']);
    assert.deepEqual(shown.replace([aNode('a', [aNode('a1')]), aNode('b')]), []);
  });

  it('are drawn again one by one, by the objects that the editor knows', () => {
    const first = aNode('a', [aNode('a1')]);
    const shown = show([first, aNode('b')], ['a']);
    const changed = shown.replace([aNode('a', [aNode('a1')], 'A'), aNode('b')]);
    assert.deepEqual(idsOf(changed), ['a']);
    assert.equal(changed[0], first);
    assert.equal(shown.draw(first).label, 'A');
  });

  it('are drawn again with their parent when one came or went below it', () => {
    const shown = show([aNode('a', [aNode('a1')])], ['a']);
    assert.deepEqual(idsOf(shown.replace([aNode('a', [aNode('a0'), aNode('a1')])])), ['a']);
    assert.deepEqual(
      shown.children(aNode('a')).map(({ id }) => id),
      ['a0', 'a1'],
    );
  });

  it('are not drawn while they are hidden below a closed one', () => {
    const shown = show([aNode('a', [aNode('a1')])]);
    assert.deepEqual(shown.replace([aNode('a', [aNode('a1', [], 'new')])]), []);
  });

  it('differ as a whole when one of the first level came or went', () => {
    const shown = show([aNode('a')]);
    assert.equal(shown.replace([aNode('a'), aNode('b')]), 'all');
  });

  it('change inside an open line alone', () => {
    const shown = show([aNode('a', [aNode('a1'), aNode('a2')])], ['a']);
    assert.deepEqual(idsOf(shown.replace([aNode('a', [aNode('a1'), aNode('a2', [], 'two')])])), ['a2']);
  });

  it('know their parent, and are found by their id', () => {
    const shown = show([aNode('a', [aNode('a1', [aNode('a11')])])]);
    const deep = shown.find('a11');
    assert.ok(deep);
    assert.equal(shown.parent(deep)?.id, 'a1');
    assert.equal(shown.parent(aNode('a')), undefined);
  });
});
