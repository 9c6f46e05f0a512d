import assert from 'node:assert/strict';
import { linkWords } from '../../../../src/webview/report/links';
import { linkOfMark } from '../../../../src/webview/shared/charts/clicks';

describe('a click on a mark of a chart', () => {
  it('leads to whom its datum names', () => {
    assert.deepEqual(linkOfMark({ link: 'user', field: 'user_id' }, { user_id: 7, turns: 3 }), {
      kind: 'user',
      userId: 7,
    });
    assert.deepEqual(linkOfMark({ link: 'model', field: 'model' }, { model: 'gpt-5' }), {
      kind: 'model',
      modelId: 'gpt-5',
    });
    assert.deepEqual(linkOfMark({ link: 'chat', field: 'id' }, { id: 12 }), { kind: 'chat', chatId: 12 });
  });

  it('knows the model without a name', () => {
    assert.deepEqual(linkOfMark({ link: 'model', field: 'model' }, { model: '' }), {
      kind: 'model',
      modelId: '',
    });
  });

  it('leads nowhere from all others, from an axis, or from what is no id', () => {
    const click = { link: 'user', field: 'user_id' } as const;
    for (const datum of [{ user_id: null }, {}, undefined, null, 'x', { user_id: 'x' }, { user_id: 1.5 }]) {
      assert.equal(linkOfMark(click, datum), undefined);
    }
  });
});

describe('a link that is no name', () => {
  const reports = [{ id: 'cost', title: 'Cost', description: '' }];

  it('says what it opens', () => {
    assert.equal(linkWords({ kind: 'report', reportId: 'cost' }, reports), 'Open Cost');
    assert.equal(linkWords({ kind: 'report', reportId: 'gone' }, reports), 'Open the report');
    assert.equal(linkWords({ kind: 'chat', chatId: 1 }, reports), 'Open the conversation');
    assert.equal(linkWords({ kind: 'costLine', line: '1' }, reports), 'Open its meter rows');
  });
});
