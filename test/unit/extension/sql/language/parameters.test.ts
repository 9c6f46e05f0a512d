import assert from 'node:assert/strict';
import { kindOf, objectionToDay } from '../../../../../src/extension/sql/language/parameters/parameterKinds';
import {
  RememberedValues,
  type ValueStore,
} from '../../../../../src/extension/sql/language/parameters/rememberedValues';
import { objectionToValue, typedText, valueOf } from '../../../../../src/store/sqlite/parameterValue';
import { parameterNames } from '../../../../../src/store/sqlite/sqlTokens';

function storeOf(content: Record<string, unknown> = {}): ValueStore {
  return {
    get: (key) => content[key],
    update: (key, value) => {
      content[key] = value;
      return Promise.resolve();
    },
  };
}

describe('parameters of a statement', () => {
  it('are found by their names with each of the signs, once, outside of texts, names and comments', () => {
    const sql = `SELECT ':a', ":b", [:c], x$y -- :d
      FROM t WHERE /* :e */ day >= :from AND day < @to AND n = $limit AND day <> :from`;
    assert.deepEqual(parameterNames(sql), [':from', '@to', '$limit']);
  });

  it('are asked for by their names: an instance, a day, or anything', () => {
    assert.deepEqual([':instance', '@From', '$to', ':limit', ':constructor'].map(kindOf), [
      'instance',
      'day',
      'day',
      'any',
      'any',
    ]);
  });
});

describe('a day that is typed', () => {
  it('is taken when the calendar has it', () => {
    assert.equal(objectionToDay(' 2024-02-29 '), undefined);
  });

  it('is objected to, with the shape that it should have', () => {
    assert.match(objectionToDay('1.11.2026') ?? '', /YYYY-MM-DD/);
    assert.match(objectionToDay('') ?? '', /YYYY-MM-DD/);
  });

  it('is objected to when no calendar has it', () => {
    for (const day of ['2026-02-29', '2026-11-31', '2026-13-01', '2026-00-10']) {
      assert.match(objectionToDay(day) ?? '', /no such day/, day);
    }
  });
});

describe('a value that is typed', () => {
  it('stays a number, becomes NULL, or is a text', () => {
    const cases = [
      ['42', 42],
      [' -1.5e3 ', -1500],
      ['null', null],
      ['gpt-5', 'gpt-5'],
      ["'42'", '42'],
      ["'it''s'", "it's"],
      ['', ''],
      ['0x10', '0x10'],
    ] as const;
    assert.deepEqual(
      cases.map(([typed]) => valueOf(typed)),
      cases.map(([, value]) => value),
    );
  });

  it('is shown so that the same value is read again', () => {
    for (const value of [1, -0.5, null, 'gpt-5', '42', 'NULL', "'quoted'", '']) {
      assert.equal(valueOf(typedText(value)), value);
    }
  });

  it('is objected to as a number that would change', () => {
    assert.match(objectionToValue('12345678901234567890') ?? '', /too large/);
    assert.equal(objectionToValue("'12345678901234567890'"), undefined);
  });
});

describe('remembered values', () => {
  it('are shared by the signs of a name', async () => {
    const remembered = new RememberedValues(storeOf(), 'mirror');
    await remembered.remember({ ':from': '2026-11-01', '@limit': 5 });
    assert.equal(remembered.get('$from'), '2026-11-01');
    assert.equal(remembered.get(':limit'), 5);
    assert.equal(remembered.get(':to'), undefined);
  });

  it('know that somebody gave NULL', async () => {
    const remembered = new RememberedValues(storeOf(), 'mirror');
    await remembered.remember({ ':model': null });
    assert.equal(remembered.get(':model'), null);
  });

  it('keep an instance apart for each source, which numbers its own', async () => {
    const store = storeOf();
    await new RememberedValues(store, 'mirror').remember({ ':instance': 3, ':from': '2026-11-01' });
    assert.equal(new RememberedValues(store, 'demo').get(':instance'), undefined);
    assert.equal(new RememberedValues(store, 'demo').get(':from'), '2026-11-01');
  });

  it('count as never given when what is stored cannot be read', () => {
    const store = storeOf({ 'openwebuiSync.queryParameters': { from: { day: 1 } } });
    assert.equal(new RememberedValues(store, 'mirror').get(':from'), undefined);
  });
});
