import assert from 'node:assert/strict';
import { RowCache } from '../../../../src/webview/results/rowCache';

function setup(columnCount = 2) {
  const asked: number[] = [];
  const cache = new RowCache(columnCount, (offset) => asked.push(offset));
  const answer = (offset: number) => {
    const texts = Array.from({ length: cache.rowsPerPage }, (_, index) => String(offset + index));
    cache.put(offset, [{ texts, kinds: 'i'.repeat(texts.length) }]);
  };
  return { asked, cache, answer };
}

describe('RowCache', () => {
  it('asks once for each page that is missing, what is in sight first, then for the pages beside it', () => {
    const { asked, cache } = setup();
    cache.need(1200, 1230, 100_000);
    cache.need(1205, 1600, 100_000);
    assert.deepEqual(asked, [1000, 1500, 500, 2000]);
  });

  it('asks for no page outside of the result', () => {
    const { asked, cache } = setup();
    cache.need(0, 30, 40);
    assert.deepEqual(asked, [0]);
  });

  it('gives cells once their page has come', () => {
    const { cache, answer } = setup();
    assert.equal(cache.cell(700, 0), undefined);
    answer(500);
    assert.deepEqual(cache.cell(700, 0), { text: '700', kind: 'i' });
    assert.equal(cache.cell(700, 1), undefined);
  });

  it('drops the pages that were not needed for longest and asks for them again', () => {
    const { asked, cache, answer } = setup();
    const page = cache.rowsPerPage;
    for (let index = 0; index < 40; index += 1) {
      answer(index * page);
    }
    cache.need(0, 1, 1);
    answer(40 * page);
    assert.notEqual(cache.cell(0, 0), undefined);
    assert.equal(cache.cell(page, 0), undefined);
    cache.need(page, page + 1, page + 1);
    assert.deepEqual(asked, [page]);
  });

  it('makes pages of wide results short', () => {
    assert.equal(setup(10).cache.rowsPerPage, 500);
    assert.equal(setup(200).cache.rowsPerPage, 50);
    assert.equal(setup(2000).cache.rowsPerPage, 20);
  });
});
