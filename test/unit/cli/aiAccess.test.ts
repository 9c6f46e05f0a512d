import assert from 'node:assert/strict';
import { generateCompany } from '../../../src/sample/company/company';
import { CliStage } from './cliStage';

describe('instances ai-access', function () {
  this.timeout(120_000);
  const stage = new CliStage(() => generateCompany({ name: 'fasgpt', users: 2, chats: 2, messages: 4 }));
  beforeEach(async () => {
    await stage.set();
    await stage.add();
  });
  afterEach(() => stage.strike());

  const access = (...args: readonly string[]) => stage.run(['instances', 'ai-access', 'fasgpt', ...args]);

  it('is off until somebody agrees, and shows what is agreed to', async () => {
    assert.match((await access()).out, /^fasgpt and AI: Not available\./u);
    const { code, out, err } = await access('numbers', '--yes');
    assert.equal(code, 0);
    assert.match(out, /^fasgpt and AI: Numbers and names\./u);
    assert.match(err, /goes to its provider/u);
    assert.match((await access()).out, /^fasgpt and AI: Numbers and names\./u);
  });

  it('asks before a model may read more, and not before it may read less', async () => {
    const refused = await access('text');
    assert.deepEqual([refused.code, /--yes/u.test(refused.err)], [2, true], refused.err);
    assert.match((await access()).out, /Not available/u);
    await access('text', '--yes');
    const less = await access('off');
    assert.deepEqual([less.code, less.err], [0, '']);
  });

  it('offers no more than the privacy mode keeps', async () => {
    await stage.ok(['instances', 'set-privacy', 'fasgpt', 'names', '--yes']);
    assert.match(
      (await access('text', '--yes')).err,
      /holds no text\. Choose: instances ai-access fasgpt numbers/u,
    );
    await stage.ok(['instances', 'set-privacy', 'fasgpt', 'counts', '--yes']);
    const { code, err } = await access('numbers', '--yes');
    assert.deepEqual([code, /not offered to AI/u.test(err)], [1, true], err);
  });

  it('knows its own choices', async () => {
    assert.equal((await access('everything')).code, 2);
  });
});
