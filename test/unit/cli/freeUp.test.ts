import assert from 'node:assert/strict';
import { SampleWorld } from '../../../src/sample/world';
import { CliStage } from './cliStage';

const NOW = Math.floor(Date.now() / 1000);
const YEARS = 3 * 366 * 86_400;

/** One old chat and one of today. */
function world(): SampleWorld {
  const made = new SampleWorld({ clock: () => NOW });
  const ada = made.users.add({ name: 'Ada Admin', email: 'ada@example.test', role: 'admin' });
  const add = (title: string): void => {
    const chat = made.chats.add(ada.id, { title, models: ['gpt-x'] });
    made.chats.addTurn(chat.id, { prompt: `${title}?`, answers: [{ model: 'gpt-x', content: `${title}!` }] });
  };
  made.runAt(NOW - YEARS, () => add('Old plan'));
  made.runAt(NOW - 3_600, () => add('New plan'));
  return made;
}

describe('free-up', function () {
  this.timeout(120_000);
  const stage = new CliStage(world);
  beforeEach(async () => {
    await stage.set();
    await stage.add();
    await stage.ok(['sync']);
  });
  afterEach(() => stage.strike());
  const texts = () => stage.rows('SELECT content FROM messages ORDER BY created_at_epoch, id');

  it('says what there is, and that nothing is to be done', async () => {
    const { code, out, err } = await stage.run(['free-up']);
    assert.equal(code, 0, err);
    assert.match(err, /^The mirror takes .*: database /);
    assert.equal(out, 'There is nothing to free. To remove text: --text-months N\n');
  });

  it('lists what would go, and removes nothing without an answer', async () => {
    const err = await stage.fails(['free-up', '--text-months', '12'], 2, /Nothing was changed\. Add --yes/);
    assert.match(err, /\nText older than 12 months \(before \d{4}-\d\d-\d\d\): 2 messages, \d+ B\n/);
    assert.match(err, /cannot be fetched again/);
    assert.equal((await texts()).filter(({ content }) => content === null).length, 0);
  });

  it('removes the text and keeps the rows, also over a full sync', async () => {
    const out = await stage.ok(['free-up', '--text-months', '12', '--yes']);
    assert.match(out, /^Removed: the text of 2 messages\. The database is /);
    const expected = [null, null, 'New plan?', 'New plan!'].map((content) => ({ content }));
    assert.deepEqual(await texts(), expected);
    await stage.ok(['sync', '--full']);
    assert.deepEqual(await texts(), expected);
  });

  it('takes only whole numbers within bounds', async () => {
    await stage.fails(['free-up', '--text-months', '0'], 2, /Give a whole number from 1 to 120/);
    await stage.fails(['free-up', '--run-days', '1.5'], 2, /Give a whole number from 1 to 3650/);
  });
});
