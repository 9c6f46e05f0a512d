import assert from 'node:assert/strict';
import { firstSyncMarks, type Source } from '../../../src/reports/sources';

describe('remarks on first syncs', () => {
  const source = (name: string, firstSyncDay?: number): Source => ({
    id: 1,
    name,
    isRemoved: false,
    firstSyncDay,
  });

  const textsOf = (...sources: readonly Source[]): unknown[] =>
    firstSyncMarks(sources).map(({ day, text }) => [day, text]);

  it('name nobody where all instances began on one day', () => {
    assert.deepEqual(textsOf(source('fasgpt', 7)), [[7, 'First sync']]);
    assert.deepEqual(textsOf(source('fasgpt', 7), source('resgpt', 7)), [[7, 'First sync']]);
  });

  it('name the instances that began on the same day', () => {
    assert.deepEqual(textsOf(source('fasgpt', 7), source('resgpt', 9), source('berkshiregpt', 7)), [
      [7, 'First sync of fasgpt, berkshiregpt'],
      [9, 'First sync of resgpt'],
    ]);
  });

  it('are none before a first sync', () => {
    assert.deepEqual(textsOf(source('fasgpt')), []);
  });
});
