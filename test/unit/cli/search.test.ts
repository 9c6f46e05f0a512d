import assert from 'node:assert/strict';
import { generateCompany } from '../../../src/sample/company/company';
import type { SearchResult } from '../../../src/store/search/searchTypes';
import { CliStage } from './cliStage';

const company = () => generateCompany({ name: 'fasgpt', users: 6, chats: 24, messages: 80 });

describe('search at the command line', function () {
  this.timeout(120_000);
  const stage = new CliStage(company);
  beforeEach(async () => {
    await stage.set();
    await stage.add();
    const owner = stage.server.world.chats.all()[0]?.userId ?? '';
    stage.server.world.chats.add(owner, { title: 'Unmistakable zebra\nplans' });
    await stage.ok(['sync', '--full']);
  });
  afterEach(() => stage.strike());

  it('shows titles with where and when, and counts on standard error', async () => {
    const { code, out, err } = await stage.run(['search', 'zebra', 'UNMISTAKABLE']);
    assert.equal(code, 0, err);
    assert.match(out, /^Unmistakable zebra plans\n {2}fasgpt · [^\n]+ · \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\n$/u);
    assert.equal(err, '1 result\n');
  });

  it('gives all facts as JSON, of one instance or all', async () => {
    const { hits, total } = JSON.parse(await stage.ok(['search', 'zebra', '--json'])) as SearchResult;
    assert.equal(total, 1);
    assert.equal(hits[0]?.instance, 'fasgpt');
    assert.deepEqual(hits[0].snippet.marks, [[13, 18]]);
    await stage.fails(['search', 'zebra', '--instance', 'other'], 2, /There is no instance "other"/u);
    assert.match(await stage.ok(['search', 'zebra', '--instance', 'FASGPT']), /zebra/u);
  });

  it('says how much more there is, and when there is nothing', async () => {
    const some = await stage.run(['search', 'the', '--limit', '1']);
    assert.match(some.err, /^1 of [\d,]+ results\. Raise --limit/u);
    assert.equal((await stage.run(['search', 'zebra -plans'])).err, 'Nothing found.\n');
    assert.match((await stage.run(['search', 'x', '--limit', '0'])).err, /whole number from 1/u);
  });

  it('says that the privacy mode leaves nothing to find', async () => {
    await stage.ok(['instances', 'set-privacy', 'fasgpt', 'names', '--yes']);
    const { code, out, err } = await stage.run(['search', 'zebra']);
    assert.deepEqual([code, out], [0, '']);
    assert.match(
      err,
      /^There is no text to search: the privacy mode keeps neither messages nor titles\.\n$/u,
    );
  });
});
