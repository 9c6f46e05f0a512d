import assert from 'node:assert/strict';
import { FREE, parsePriceText, priceText } from '../../../../src/reports/cost/priceText';

describe('the text of a price', () => {
  it('names input, cached input and output, and the request where it costs', () => {
    const price = { currency: 'USD', inputPerMillion: 2.5, outputPerMillion: 10 };
    assert.equal(priceText(price), '2.5 / 10 USD per million tokens');
    assert.equal(
      priceText({ ...price, cachedPerMillion: 0.0375, perRequest: 0.01 }),
      '2.5 / 0.0375 / 10 USD per million tokens, and 0.01 USD per request',
    );
    assert.equal(priceText({ ...FREE, currency: 'USD' }), 'costs nothing');
  });

  it('is read back as it is typed, the currency once for all', () => {
    assert.deepEqual(parsePriceText('2.5 / 10', 'EUR'), {
      currency: 'EUR',
      inputPerMillion: 2.5,
      outputPerMillion: 10,
    });
    assert.deepEqual(parsePriceText(' 2.5/1.25 / 10 usd ', 'EUR'), {
      currency: 'USD',
      inputPerMillion: 2.5,
      cachedPerMillion: 1.25,
      outputPerMillion: 10,
    });
  });

  it('is refused with what is wrong with a number or the currency', () => {
    assert.throws(() => parsePriceText('-1 / 2', 'USD'), /input tokens must not be negative: -1/);
    assert.throws(() => parsePriceText('1 / 2 dollars', 'USD'), /"DOLLARS" is no currency code/);
  });

  it('is refused with how to type it', () => {
    for (const typed of [
      '',
      '2.5',
      '2,5 / 10',
      '2.5 // 10',
      '1 / 2 / 3 / 4',
      'free',
      '2.5 / x USD',
      '1 / 2 US Dollar',
    ]) {
      assert.throws(() => parsePriceText(typed, 'USD'), /^CostEntryError: Type input \/ output/, typed);
    }
  });
});
