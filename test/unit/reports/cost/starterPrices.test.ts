import assert from 'node:assert/strict';
import { STARTER_AS_OF, STARTER_PRICES, starterPriceOf } from '../../../../src/reports/cost/starterPrices';
import { utcDayOf } from '../../../../src/store/costs/costEntries';

describe('the starter prices', () => {
  const inputOf = (name: string): number | undefined => starterPriceOf(name)?.input;

  it('are found under the names that connections, gateways and clouds give a model', () => {
    const names: Readonly<Record<string, number>> = {
      'gpt-4o': 2.5,
      'GPT-4o': 2.5,
      'gpt-4o-2024-08-06': 2.5,
      'openai/gpt-4o-mini': 0.15,
      'openai.gpt-4.1-nano': 0.1,
      'chatgpt-4o-latest': 5,
      'o3-mini-2025-01-31': 1.1,
      'claude-3-5-sonnet-20241022': 3,
      'anthropic/claude-3.5-haiku': 0.8,
      'us.anthropic.claude-3-5-sonnet-20241022-v2:0': 3,
      'claude-sonnet-4@20250514': 3,
      'models/gemini-2.5-flash': 0.3,
      'mistral-large-2411': 2,
      'mistral-small-latest': 0.1,
      'deepseek-chat': 0.28,
      'gpt-3.5-turbo-0125': 0.5,
    };
    assert.deepEqual(Object.fromEntries(Object.keys(names).map((name) => [name, inputOf(name)])), names);
  });

  it('of a dated version come before those of the model', () => {
    assert.equal(inputOf('gpt-4o-2024-05-13'), 5);
  });

  it('are not guessed from a part of a name', () => {
    for (const name of [
      'gpt-4o-realtime',
      'my-gpt-4o',
      'gpt-4o-mini-tts',
      'llama3:8b',
      'deepseek-r1:14b',
      'gpt-6',
      '',
    ]) {
      assert.equal(starterPriceOf(name), undefined, name);
    }
  });

  it('name each model once, with cached input below other input and an existing day', () => {
    const names = STARTER_PRICES.flatMap(({ models }) => models);
    assert.equal(new Set(names).size, names.length);
    for (const { models, input, cached = 0, output } of STARTER_PRICES) {
      assert.ok(input > cached && output >= input, models.join());
    }
    assert.ok(utcDayOf(STARTER_AS_OF) !== undefined);
  });
});
