import assert from 'node:assert/strict';
import { SampleWorld } from '../../../src/sample/world';
import { CliStage } from './cliStage';

const NOW = Math.floor(Date.now() / 1000);

/** Two models that answered, one of them with a public price. */
function world(): SampleWorld {
  const made = new SampleWorld({ clock: () => NOW });
  const ada = made.users.add({ name: 'Ada Admin', email: 'ada@example.test', role: 'admin' });
  made.runAt(NOW - 5 * 86_400, () => {
    const chat = made.chats.add(ada.id, { title: 'Plan', models: ['gpt-4o', 'own'] });
    for (const model of ['gpt-4o', 'own']) {
      made.chats.addTurn(chat.id, { prompt: 'What?', answers: [{ model, content: 'That.' }] });
    }
  });
  return made;
}

describe('prices and budget', function () {
  this.timeout(120_000);
  const stage = new CliStage(world);
  beforeEach(async () => {
    await stage.set();
    await stage.add();
    await stage.ok(['sync']);
  });
  afterEach(() => stage.strike());
  const stored = () =>
    stage.rows(
      'SELECT model_id, input_per_million, valid_from, source FROM prices WHERE is_deleted = 0 ORDER BY id',
    );
  const firstUse = new Date((NOW - 5 * 86_400) * 1000).toISOString().slice(0, 10);

  it('suggest public list prices, which count only once they are confirmed', async () => {
    const { out, err } = await stage.run(['prices', 'suggest']);
    assert.match(out, /gpt-4o +1 +1 +NULL +2\.5 \/ 1\.25 \/ 10 USD per million tokens/);
    assert.match(out, /own +1 +1 +NULL +NULL/);
    assert.match(err, /public list price of \d{4}-\d\d-\d\d, a starting point/);
    assert.deepEqual(await stored(), []);
    await stage.fails(['prices', 'suggest', '--set'], 2, /Nothing was changed\. Add --yes/);
    assert.deepEqual(await stored(), []);
    await stage.ok(['prices', 'suggest', '--set', '--yes']);
    assert.deepEqual(await stored(), [
      { model_id: 'gpt-4o', input_per_million: 2.5, valid_from: firstUse, source: 'starter' },
    ]);
    assert.match(await stage.ok(['prices', 'suggest', '--set', '--yes']), /There is nothing to confirm/);
  });

  it('set, list and remove', async () => {
    await stage.ok(['prices', 'set', 'gpt-4o', '--input', '3', '--output', '12', '--currency', 'eur']);
    await stage.ok(['prices', 'set', 'own', '--free', '--from', '2025-01-01']);
    assert.match(
      await stage.ok(['prices', 'list']),
      /gpt-4o +all +\S+ +3 \/ 12 EUR per million tokens +entered\nown +all +2025-01-01 +costs nothing +entered\n$/,
    );
    await stage.ok(['prices', 'remove', 'own', '--from', '2025-01-01']);
    const listed = JSON.parse(await stage.ok(['prices', 'list', '--json'])) as { readonly modelId: string }[];
    assert.deepEqual(
      listed.map(({ modelId }) => modelId),
      ['gpt-4o'],
    );
    assert.deepEqual(await stage.rows('SELECT cost_source, count(*) AS n FROM v_cost GROUP BY 1'), [
      { cost_source: 'unknown', n: 2 },
    ]);
  });

  it('say what is wrong', async () => {
    await stage.fails(['prices', 'set', 'own'], 2, /Give --input and --output, or --free/);
    await stage.fails(
      ['prices', 'set', 'own', '--input', '1', '--output', 'x'],
      2,
      /Give a number, such as 2\.5/,
    );
    await stage.fails(
      ['prices', 'set', 'own', '--input=-1', '--output', '1'],
      1,
      /The price of input tokens must not be negative: -1/,
    );
    await stage.fails(
      ['prices', 'set', 'own', '--free', '--currency', 'dollars'],
      1,
      /"DOLLARS" is no currency code/,
    );
    await stage.fails(['prices', 'set', 'own', '--free', '--from', '2999-01-01'], 1, /which is after today/);
    await stage.fails(['prices', 'remove', 'own', '--from', '2025-01-01'], 1, /own has no such price/);
    await stage.fails(['budget', 'set', '0'], 1, /A budget must be above 0/);
    await stage.fails(['budget', 'set', '5', '--instance', 'nowhere'], 2, /There is no instance "nowhere"/);
  });

  it('set, list and remove budgets', async () => {
    assert.match((await stage.run(['budget', 'list'])).err, /There is no budget/);
    await stage.ok(['budget', 'set', '500']);
    assert.equal(await stage.ok(['budget', 'list']), 'All instances: 500 USD per month\n');
    await stage.ok(['budget', 'remove']);
    await stage.fails(['budget', 'remove'], 1, /There is no such budget in USD/);
  });
});
