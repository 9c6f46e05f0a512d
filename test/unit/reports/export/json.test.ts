import assert from 'node:assert/strict';
import { jsonLines } from '../../../../src/reports/export/json';
import { columnsOf } from '../../../../src/store/resultSet';
import { resultOf } from '../../sql/resultBuilder';

describe('JSON of a result', () => {
  it('is an array of objects', () => {
    const json = [...jsonLines(resultOf({ id: [1, 2], title: ['a "b"', null] }))].join('');
    assert.deepEqual(JSON.parse(json), [
      { id: 1, title: 'a "b"' },
      { id: 2, title: null },
    ]);
  });

  it('is an empty array without rows', () => {
    assert.deepEqual(JSON.parse([...jsonLines(resultOf({ id: [] }))].join('')), []);
  });

  it('keeps every digit and writes bytes as a literal', () => {
    const json = [...jsonLines(resultOf({ n: [9007199254740993n], b: [new Uint8Array([1])] }))].join('');
    assert.ok(json.includes(`{"n":9007199254740993,"b":"x'01'"}`));
  });

  it('keeps equally named columns apart', () => {
    const columns = columnsOf(['id', 'id', 'id_2', 'id'], [[1, 2, 3, 4]]);
    const result = { ...resultOf({}), columns, rowCount: 1 };
    assert.deepEqual(JSON.parse([...jsonLines(result)].join('')), [{ id: 1, id_3: 2, id_2: 3, id_4: 4 }]);
  });
});
