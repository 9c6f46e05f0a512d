import assert from 'node:assert/strict';
import { companyAzure } from '../../../../src/sample/azure/companyAzure';
import { tokensByDay } from '../../../../src/sample/azure/companyTokens';
import { generateCompany } from '../../../../src/sample/company/company';
import { SampleWorld } from '../../../../src/sample/world';

const NOW = Date.parse('2025-10-15T12:00:00Z') / 1000;
const TODAY = Math.floor(NOW / 86_400);
const YESTERDAY = NOW - 86_400;

/** A server where answers of yesterday tell their tokens, each in the words of its provider. */
function answered(
  ...answers: readonly { readonly model: string; readonly [field: string]: unknown }[]
): SampleWorld {
  const world = new SampleWorld({ clock: () => NOW });
  const user = world.users.add({ name: 'Ada', email: 'ada@example.com', role: 'admin' });
  world.runAt(YESTERDAY, () => {
    const chat = world.chats.add(user.id);
    for (const answer of answers) {
      world.chats.addTurn(chat.id, { answers: [answer] });
    }
  });
  return world;
}

describe('Tokens of a sample company', () => {
  it('are counted by day and model, cached ones apart', () => {
    const world = answered(
      {
        model: 'gpt-4o',
        usage: { prompt_tokens: 100, completion_tokens: 20, prompt_tokens_details: { cached_tokens: 30 } },
      },
      { model: 'gpt-4o', usage: { prompt_tokens: 10, completion_tokens: 2 } },
      { model: 'gpt-4o-mini', info: { usage: { prompt_tokens: 7, completion_tokens: 3 } } },
      { model: 'gpt-5-mini', usage: { input_tokens: 5, output_tokens: 4 } },
      { model: 'gpt-5-mini' },
    );
    assert.deepEqual(tokensByDay(world), [
      { day: TODAY - 1, model: 'gpt-4o', input: 80, cached: 30, output: 22 },
      { day: TODAY - 1, model: 'gpt-4o-mini', input: 7, cached: 0, output: 3 },
      { day: TODAY - 1, model: 'gpt-5-mini', input: 5, cached: 0, output: 4 },
    ]);
  });

  it('are of the model behind a preset, and of the one that a pool chose', () => {
    const usage = { prompt_tokens: 1, completion_tokens: 1 };
    const world = answered(
      { model: 'house/helper', usage },
      { model: 'arena-model', selectedModelId: 'gpt-4o', usage },
    );
    world.library.addModel({ id: 'house/helper', name: 'Helper', baseModelId: 'gpt-4o' });
    assert.deepEqual(
      tokensByDay(world).map(({ model, input }) => [model, input]),
      [['gpt-4o', 2]],
    );
  });
});

describe('The Azure of sample companies', () => {
  const usage = { prompt_tokens: 1_000_000, completion_tokens: 100_000 };
  const clock = (): number => NOW * 1000;

  it('bills the tokens of each company, and what other apps use of its account', () => {
    const world = answered({ model: 'gpt-4o', usage });
    const azure = companyAzure([{ name: 'Demo Sales', world }], clock);
    const rows = azure.world.rows.filter(({ resource }) => resource?.name === 'oai-demo-sales');
    assert.deepEqual(
      rows.map(({ meter }) => meter),
      ['gpt 4o 1120 Inp Data Zone Tokens', 'gpt 4o 1120 Outp Data Zone Tokens'],
    );
    const [input, output] = rows.map(({ actual = 0n, quantity }) => ({
      cost: Number(actual) / 1e8,
      quantity,
    }));
    assert.ok(input !== undefined && input.quantity > 1_050 && input.quantity < 1_101, JSON.stringify(input));
    assert.ok(Math.abs(input.cost - input.quantity * 0.00275) < 1e-6);
    assert.ok(output !== undefined && output.cost > 1.1 * 1.05 && output.cost < 1.1 * 1.101);
  });

  it('bills one account for all companies, and one resource that serves nobody who is known', () => {
    const companies = ['Demo Sales', 'Demo Research'].map((name) => ({
      name,
      world: answered({ model: 'gpt-5-mini', usage }),
    }));
    const { world, served } = companyAzure(companies, clock);
    const shared = world.rows.filter(({ resource }) => resource?.name === 'oai-shared');
    assert.ok(
      shared.every(({ quantity }) => quantity > 0.2),
      JSON.stringify(shared[0]?.quantity),
    );
    assert.ok((shared[0]?.quantity ?? 0) > 2);
    assert.deepEqual(
      served.map(({ resource, companies: names }) => [resource.name, names]),
      [
        ['oai-demo-sales', ['Demo Sales']],
        ['oai-demo-research', ['Demo Research']],
        ['oai-shared', ['Demo Sales', 'Demo Research']],
      ],
    );
    const known = new Set(served.map(({ resource }) => resource.id));
    const others = world.rows.filter(({ resource }) => resource !== undefined && !known.has(resource.id));
    assert.deepEqual([...new Set(others.map(({ meter }) => meter))], ['Hot LRS Data Stored']);
  });

  it('knows nothing of today, nor of models that run elsewhere', () => {
    const world = answered({ model: 'llama3.1:8b', usage });
    const user = world.users.add({ name: 'Bob', email: 'bob@example.com' });
    const chat = world.chats.add(user.id);
    world.chats.addTurn(chat.id, { answers: [{ model: 'gpt-4o', usage }] });
    const { world: azure } = companyAzure([{ name: 'Demo', world }], clock);
    assert.deepEqual([...new Set(azure.rows.map(({ day }) => day))], [TODAY - 1]);
    assert.ok(azure.rows.every(({ meter }) => !meter.includes('gpt')));
  });

  it('is the same whenever it is made', () => {
    const bill = () => {
      const world = generateCompany({ seed: 3, users: 4, chats: 20, messages: 60, now: NOW });
      return companyAzure([{ name: 'Demo', world }], clock).world.rows;
    };
    assert.deepEqual(bill(), bill());
    assert.ok(bill().length > 50);
  });
});
