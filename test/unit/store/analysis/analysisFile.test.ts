import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createAnalysis, editAnalysis, loadAnalysis } from '../../../../src/store/analysis/analysisFile';
import { analysisHash, analysisText, parseAnalysis } from '../../../../src/store/analysis/analysisText';
import { NO_ANALYSIS, type Analysis } from '../../../../src/store/analysis/analysisTypes';
import { AnalysisError } from '../../../../src/store/errors';
import { dataFolderAt } from '../../../../src/store/files/dataFolder';
import { useTemporaryFolder } from '../builders';
import { FULL } from './samples';

const TODAY = 20_500;

const withBudget =
  (monthlyAmount: number, currency = 'USD') =>
  (analysis: Analysis): Analysis => ({
    ...analysis,
    budgets: [...analysis.budgets, { currency, monthlyAmount }],
  });

describe('analysis.json', () => {
  const root = useTemporaryFolder();
  const path = (): string => dataFolderAt(root()).analysis;
  const type = (content: unknown): void => {
    writeFileSync(path(), typeof content === 'string' ? content : JSON.stringify(content));
  };

  it('says nothing where there is no file, and reading makes none', async () => {
    assert.deepEqual(await loadAnalysis(root()), NO_ANALYSIS);
    assert.equal(existsSync(path()), false);
  });

  it('may leave out every section', async () => {
    type({});
    assert.deepEqual(await loadAnalysis(root()), NO_ANALYSIS);
  });

  it('keeps what is written, for its owner alone and without leftovers', async () => {
    await editAnalysis(root(), () => FULL);
    assert.deepEqual(JSON.parse(analysisText(await loadAnalysis(root()))), JSON.parse(analysisText(FULL)));
    assert.equal(statSync(path()).mode & 0o777, 0o600);
    assert.deepEqual(
      readdirSync(root()).filter((name) => name.startsWith('analysis')),
      ['analysis.json'],
    );
  });

  it('has all sections once it was written, so that a person sees what there is', async () => {
    await createAnalysis(root(), NO_ANALYSIS);
    assert.deepEqual(Object.keys(JSON.parse(readFileSync(path(), 'utf8')) as object), [
      ...['version', 'costType', 'allocation', 'prices', 'budgets', 'resources', 'deployments', 'meters'],
      ...['invoices', 'excludedAccounts', 'mergedPeople', 'engagementWeights', 'holidays'],
    ]);
  });

  it('is never written over by making it', async () => {
    type({ costType: 'amortized' });
    assert.equal((await createAnalysis(root(), FULL)).costType, 'amortized');
    assert.equal(readFileSync(path(), 'utf8'), '{"costType":"amortized"}');
  });

  it('takes edits one after the other', async () => {
    const currencies = ['USD', 'EUR', 'GBP', 'CHF', 'SEK'];
    await Promise.all(currencies.map((currency) => editAnalysis(root(), withBudget(1, currency))));
    const kept = (await loadAnalysis(root())).budgets.map(({ currency }) => currency);
    assert.deepEqual(kept.toSorted(), currencies.toSorted());
  });

  it('stays untouched when an edit changes nothing, so that its layout is kept', async () => {
    type('{ "costType":   "actual" }');
    await editAnalysis(root(), (analysis) => analysis);
    assert.equal(readFileSync(path(), 'utf8'), '{ "costType":   "actual" }');
  });

  it('stays as it was when an edit could not be read again', async () => {
    await editAnalysis(root(), withBudget(5));
    const before = readFileSync(path(), 'utf8');
    await assert.rejects(editAnalysis(root(), withBudget(7)), {
      name: 'AnalysisError',
      message: 'This cannot be kept: budgets[1]: it is there already, as number 1 of this list.',
    });
    assert.equal(readFileSync(path(), 'utf8'), before);
  });

  it('keeps where editors find its schema', async () => {
    type({ $schema: './analysis.schema.json' });
    await editAnalysis(root(), withBudget(5));
    assert.equal((await loadAnalysis(root())).$schema, './analysis.schema.json');
  });

  it('tells contents apart, not layouts', () => {
    const typed = parseAnalysis('{"budgets": [{"monthlyAmount": 5, "currency": "usd"}]}', 'f', TODAY);
    assert.equal(analysisHash(typed), analysisHash(withBudget(5)(NO_ANALYSIS)));
    assert.notEqual(analysisHash(typed), analysisHash(withBudget(6)(NO_ANALYSIS)));
  });

  it('names ids of Azure in lower case without slashes at their ends', () => {
    const { resources } = parseAnalysis(
      '{"resources": [{"resource": "/Subscriptions/S/", "instances": [1]}]}',
      'f',
      TODAY,
    );
    assert.deepEqual(resources, [{ resource: 'subscriptions/s', instances: [1], source: 'admin' }]);
  });

  describe('is refused with place and reason, and left as it is', () => {
    const price = {
      model: 'm',
      validFrom: '2025-01-01',
      currency: 'USD',
      inputPerMillion: 1,
      outputPerMillion: 1,
    };
    const cases: readonly (readonly [what: string, content: unknown, said: RegExp])[] = [
      ['no JSON', '{', /it is not JSON \(/],
      ['a list', '[]', /it must be an object with sections/],
      [
        'an instance whose number no instance can have',
        { resources: [{ resource: 'r', instances: [1e18] }] },
        /resources\[0\]\.instances\[0\]: an instance is named by its number/,
      ],
      ['an unknown section', { prizes: [] }, /: prizes: there is no such key\. Correct it there/],
      [
        'an unknown key, before what is missing for it',
        { prices: [{ ...price, currency: undefined, curency: 'USD' }] },
        /prices\[0\]\.curency: there is no such key; prices\[0\]\.currency: it is missing/,
      ],
      [
        'a text as number',
        { prices: [{ ...price, inputPerMillion: '1' }] },
        /prices\[0\]\.inputPerMillion: .*must be a number/,
      ],
      [
        'an unknown choice',
        { costType: 'real' },
        /costType: it must be \("actual" \| "amortized"\), not "real"/,
      ],
      ['a price twice', { prices: [price, price] }, /prices\[1\]: it is there already, as number 1/],
      [
        'a price to come',
        { prices: [{ ...price, validFrom: '2026-02-17' }] },
        /prices\[0\]\.validFrom: it is after today \(2026-02-16 UTC\)/,
      ],
      [
        'a day that does not exist',
        { holidays: [{ date: '2025-02-30', name: 'x' }] },
        /holidays\[0\]\.date: give the day/,
      ],
      [
        'a holiday twice',
        {
          holidays: [
            { date: '2025-02-03', name: 'x' },
            { date: '2025-02-03', name: 'y' },
          ],
        },
        /holidays: a day is there twice/,
      ],
      [
        'a person of one account',
        { mergedPeople: [[{ instance: 1, user: 'a' }]] },
        /mergedPeople\[0\]: a person needs two/,
      ],
      [
        'an account of two people',
        {
          mergedPeople: [1, 2].map((n) => [
            { instance: 1, user: 'a' },
            { instance: 2, user: `b${n}` },
          ]),
        },
        /mergedPeople: an account is there twice/,
      ],
      [
        'a budget of nothing',
        { budgets: [{ currency: 'USD', monthlyAmount: 0 }] },
        /budgets\[0\]\.monthlyAmount: A budget must be above 0/,
      ],
      [
        'a month that does not exist',
        { invoices: [{ month: '2025-13', currency: 'USD', amount: 1 }] },
        /invoices\[0\]\.month: give the month as YYYY-MM/,
      ],
      [
        'an unknown weight',
        { engagementWeights: { turns: 1 } },
        /engagementWeights\.turns: there is no such key/,
      ],
    ];
    for (const [what, content, said] of cases) {
      it(what, () => {
        const text = typeof content === 'string' ? content : JSON.stringify(content);
        assert.throws(
          () => parseAnalysis(text, '/data/analysis.json', TODAY),
          (error) => {
            assert.ok(error instanceof AnalysisError);
            assert.match(error.message, /^\/data\/analysis\.json cannot be used: /);
            assert.match(error.message, said);
            return true;
          },
        );
      });
    }

    it('by a newer version, whose keys an edit would lose', async () => {
      type({ version: 2, newThings: [] });
      await assert.rejects(
        editAnalysis(root(), withBudget(5)),
        /written by a newer version of OpenWebUI Sync\. Update/,
      );
      assert.deepEqual(JSON.parse(readFileSync(path(), 'utf8')), { version: 2, newThings: [] });
    });
  });
});
