import assert from 'node:assert/strict';
import { Branches } from '../../../../src/webview/conversation/branches';
import { conversationOf } from './builders';

const idsOf = (branches: Branches): number[] => branches.path().map(({ message }) => message.id);

describe('the branches of a conversation', () => {
  /** 1 -> 2, 3; 2 -> 4; 3 -> 5, 6 */
  const parents = { 1: undefined, 2: 1, 3: 1, 4: 2, 5: 3, 6: 3 };

  it('begin with the one that Open WebUI shows', () => {
    const active = { isActiveBranch: true };
    const branches = new Branches(conversationOf(parents, { 1: active, 2: active, 4: active }));
    assert.deepEqual(idsOf(branches), [1, 2, 4]);
  });

  it('begin with the newest one where none is active, and pass over what is deleted', () => {
    assert.deepEqual(idsOf(new Branches(conversationOf(parents))), [1, 3, 6]);
    const deleted = { isDeleted: true };
    assert.deepEqual(idsOf(new Branches(conversationOf(parents, { 6: deleted }))), [1, 3, 5]);
    assert.deepEqual(idsOf(new Branches(conversationOf(parents, { 5: deleted, 6: deleted }))), [1, 3, 6]);
  });

  it('lead to a message, and keep what was chosen further on', () => {
    const branches = new Branches(conversationOf(parents));
    branches.show(5);
    assert.deepEqual(idsOf(branches), [1, 3, 5]);
    branches.show(2);
    assert.deepEqual(idsOf(branches), [1, 2, 4]);
    branches.show(3);
    assert.deepEqual(idsOf(branches), [1, 3, 5]);
  });

  it('tell a message its versions, the first message too', () => {
    const branches = new Branches(conversationOf({ 1: undefined, 2: undefined, 3: 2 }));
    assert.deepEqual(
      branches.path().map(({ siblingIds }) => siblingIds),
      [[1, 2], [3]],
    );
  });

  it('stay where they are for a message that is not there, and end in a chat without any', () => {
    const branches = new Branches(conversationOf(parents));
    branches.show(99);
    assert.deepEqual(idsOf(branches), [1, 3, 6]);
    assert.deepEqual(idsOf(new Branches(conversationOf({}))), []);
  });
});
