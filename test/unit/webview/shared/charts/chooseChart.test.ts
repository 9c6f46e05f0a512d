import assert from 'node:assert/strict';
import { chooseChart, fits, type ChartColumn } from '../../../../../src/webview/shared/charts/chooseChart';
import { columnRole, type ColumnRole } from '../../../../../src/webview/shared/charts/columnRole';

function columns(roles: Readonly<Record<string, ColumnRole>>): ChartColumn[] {
  return Object.entries(roles).map(([name, role]) => ({ name, role }));
}

describe('the chart of a result', () => {
  it('is lines over time, of several numbers or of the parts of one', () => {
    assert.deepEqual(chooseChart(columns({ day: 'time', turns: 'number', users: 'number' })), {
      mark: 'line',
      x: 'day',
      y: ['turns', 'users'],
    });
    assert.deepEqual(chooseChart(columns({ day: 'time', model: 'name', turns: 'number' })), {
      mark: 'line',
      x: 'day',
      y: ['turns'],
      split: 'model',
    });
  });

  it('is bars of names, of one number or of two beside each other', () => {
    assert.deepEqual(chooseChart(columns({ id: 'none', name: 'name', turns: 'number' })), {
      mark: 'bar',
      x: 'name',
      y: ['turns'],
    });
    const two = chooseChart(columns({ name: 'name', turns: 'number', chats: 'number' }));
    assert.deepEqual(two?.y, ['turns', 'chats']);
    const three = chooseChart(columns({ name: 'name', a: 'number', b: 'number', c: 'number' }));
    assert.deepEqual(three?.y, ['a']);
  });

  it('is points of two numbers that belong to nobody', () => {
    assert.deepEqual(chooseChart(columns({ turns: 'number', rating: 'number' })), {
      mark: 'point',
      x: 'turns',
      y: ['rating'],
    });
  });

  it('is none without a number, or with a number alone', () => {
    assert.equal(chooseChart(columns({ name: 'name', day: 'time' })), undefined);
    assert.equal(chooseChart(columns({ count: 'number' })), undefined);
    assert.equal(chooseChart([]), undefined);
  });

  it('fits a result that still has its columns', () => {
    const choice = { mark: 'bar', x: 'name', y: ['turns'] } as const;
    assert.ok(fits(choice, columns({ turns: 'number', name: 'name', more: 'name' })));
    assert.ok(!fits(choice, columns({ name: 'name', messages: 'number' })));
    assert.ok(!fits({ ...choice, split: 'model' }, columns({ turns: 'number', name: 'name' })));
  });
});

describe('the role of a column in a chart', () => {
  it('is a number where all that is known are numbers', () => {
    assert.equal(columnRole('turns', [null, 1, 2.5, 9007199254740993n]), 'number');
    assert.equal(columnRole('turns', [1, 'many']), 'name');
  });

  it('is time for days, months and moments as text', () => {
    for (const text of ['2026-11', '2026-11-03', '2026-11-03 14:30', '2026-11-03T14:30:05.123Z']) {
      assert.equal(columnRole('at', [text, null]), 'time', text);
    }
    assert.equal(columnRole('at', ['2026-11-03', 'later']), 'name');
  });

  it('is a name for numbers that are a place in an order', () => {
    assert.equal(columnRole('hour', [0, 1, 2]), 'name');
    assert.equal(columnRole('first_year', [2025]), 'name');
  });

  it('is none for keys, moments as bare numbers, bytes, and what nothing is known of', () => {
    assert.equal(columnRole('user_id', [1, 2]), 'none');
    assert.equal(columnRole('created_at_epoch', [1_764_000_000]), 'none');
    assert.equal(columnRole('hash', [new Uint8Array([1])]), 'none');
    assert.equal(columnRole('gone', [null, null]), 'none');
    assert.equal(columnRole('never', []), 'none');
  });

  it('is found from the first values that are known', () => {
    const values = [...Array<null>(1000).fill(null), ...Array<number>(200).fill(1), 'late'];
    assert.equal(columnRole('turns', values), 'number');
  });
});
