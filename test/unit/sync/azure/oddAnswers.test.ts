import assert from 'node:assert/strict';
import { AzureError, AzureThrottledError } from '../../../../src/sync/azure/azureErrors';
import type { AzureMonth } from '../../../../src/sync/azure/azureModule';
import { CALM, groupingOf } from './azureHarness';
import {
  kindOf,
  oddAzure,
  oneCost,
  page,
  RESOURCE_COLUMNS,
  SUBSCRIPTION,
  type OddAnswer,
  type OddAzure,
  type OddRequest,
} from './oddAzure';

const QUERY = `https://management.azure.com/${SUBSCRIPTION}/providers/Microsoft.CostManagement/query`;

function september({ client }: OddAzure): Promise<AzureMonth> {
  return client.month('2025-09', 'actual', { signal: CALM });
}

function isAnswerError(words: RegExp): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof AzureError && error.kind === 'answer', String(error));
    assert.match(error.message, words);
    return true;
  };
}

function resourceRow(day: number, cost: number, meter = 'gpt'): readonly string[] {
  return [String(cost), '1', `2025090${day}`, '"/subscriptions/x"', `"${meter}"`, '""', '"Usage"', '"EUR"'];
}

/** Rows of resources in pages; the other two queries say the same sum. */
function paged(
  pages: (request: OddRequest, place: number) => OddAnswer,
  sum: number,
): (request: OddRequest) => OddAnswer {
  let place = 0;
  return (request) => {
    if (kindOf(request) === 'resources') {
      place += 1;
      return pages(request, place - 1);
    }
    return oneCost(request, { cost: String(sum) });
  };
}

function linked(link: string, sum = 3): (request: OddRequest) => OddAnswer {
  return paged(
    (_, place) =>
      place === 0
        ? page(RESOURCE_COLUMNS, [resourceRow(1, 1)], link)
        : page(RESOURCE_COLUMNS, [resourceRow(2, 2)]),
    sum,
  );
}

describe('columns of Azure', () => {
  it('may come in any order, in any case, with more beside them', async () => {
    const odd = oddAzure((request) => {
      switch (kindOf(request)) {
        case 'total':
          return page(['BillingMonth', 'CURRENCY', 'cost'], [['"2025-09-01T00:00:00"', '"EUR"', '7']]);
        case 'services':
          return page(
            ['publishertype', 'PreTaxCost', 'currency', 'SERVICENAME', 'costusd', 'usagedate', 'COST'],
            [['"Microsoft"', '99', '"EUR"', '"Foundry"', '8', '20250901', '7']],
          );
        case 'resources':
          return page(
            [
              'CURRENCY',
              'chargetype',
              'metersubcategory',
              'Cost USD',
              'METER',
              'resourceid',
              'usagedate',
              'usagequantity',
              'COST',
            ],
            [['"EUR"', '"Refund"', '"sub"', '99', '"gpt"', '"/subscriptions/x"', '20250901', '3', '7']],
          );
      }
    });
    const { rows, services, totals } = await september(odd);
    assert.deepEqual(
      rows.map(({ costE8, quantity, meter, meterSubcategory, chargeType }) => ({
        costE8,
        quantity,
        meter,
        meterSubcategory,
        chargeType,
      })),
      [{ costE8: 700_000_000n, quantity: 3, meter: 'gpt', meterSubcategory: 'sub', chargeType: 'Refund' }],
    );
    assert.deepEqual([services[0]?.service, services[0]?.costUsd], ['Foundry', 8]);
    assert.deepEqual(totals, [{ currency: 'EUR', costE8: 700_000_000n }]);
  });

  it('may have another currency in each row: they are never added', async () => {
    const odd = oddAzure((request) => {
      const [euro, dollar] = [
        oneCost(request, { currency: '"EUR"' }),
        oneCost(request, { currency: '"USD"' }),
      ];
      // Both rows on one page.
      return euro.replace(/\]\]\}\}$/u, `],${/"rows":\[(\[.*\])\]\}\}$/u.exec(dollar)?.[1] ?? ''}]}}`);
    });
    const { rows, totals } = await september(odd);
    assert.deepEqual(
      rows.map(({ currency, costE8 }) => [currency, costE8]),
      [
        ['EUR', 150_000_000n],
        ['USD', 150_000_000n],
      ],
    );
    assert.equal(totals.length, 2);
  });
});

describe('the link to the next page', () => {
  for (const link of [
    `${QUERY}?$skiptoken=2`,
    `${QUERY.replace('management.azure.com', 'MANAGEMENT.Azure.com')}?$skiptoken=2`,
    `${QUERY.replace('management.azure.com', 'management.azure.com:443')}?$skiptoken=2`,
  ]) {
    it(`is followed with the same body where it is the same server: ${link}`, async () => {
      const odd = oddAzure(linked(link));
      const { rows } = await september(odd);
      assert.equal(rows.length, 2);
      assert.equal(odd.requests[1]?.url.href, new URL(link).href);
      assert.deepEqual(odd.requests[1].query, odd.requests[0]?.query);
    });
  }

  for (const link of [
    'https://management.azure.com.evil.example/next',
    'https://management.azure.com@evil.example/next',
    'https://management.azure.com:8443/next',
    'http://management.azure.com/next',
    'https://management.usgovcloudapi.net/next',
    '//evil.example/next',
    '/subscriptions/next',
    'file:///etc/passwd',
  ]) {
    it(`is never followed to another server: ${link}`, async () => {
      const odd = oddAzure(linked(link));
      await assert.rejects(september(odd), isAnswerError(/another address/u));
      assert.equal(odd.requests.length, 1);
    });
  }

  for (const link of ['null', '""']) {
    it(`is none: ${link}`, async () => {
      const odd = oddAzure(
        paged(() => page(RESOURCE_COLUMNS, [resourceRow(1, 1)], 'LINK').replace('"LINK"', link), 1),
      );
      assert.equal((await september(odd)).rows.length, 1);
    });
  }

  it('that leads to the same rows again and again ends at once', async () => {
    const odd = oddAzure(
      paged((_, place) => page(RESOURCE_COLUMNS, [resourceRow(1, 0)], `${QUERY}?$skiptoken=${place}`), 0),
    );
    await assert.rejects(september(odd), isAnswerError(/a page of it came twice/u));
    assert.equal(odd.requests.length, 2);
  });

  it('may lead over empty pages', async () => {
    const odd = oddAzure(
      paged(
        (_, place) =>
          place < 3
            ? page(RESOURCE_COLUMNS, [], `${QUERY}?$skiptoken=${place}`)
            : page(RESOURCE_COLUMNS, [resourceRow(1, 1)]),
        1,
      ),
    );
    assert.equal((await september(odd)).rows.length, 1);
  });
});

describe('a later page', () => {
  const bad: readonly (readonly [string, OddAnswer, RegExp])[] = [
    ['a web page', '<html></html>', /web page/u],
    ['nothing', '', /it is empty/u],
    ['blanks', ' \r\n ', /it is empty/u],
    ['{}', '{}', /"properties" is missing/u],
    ['null', 'null', /no JSON object/u],
    ['a list', '[]', /no JSON object|"properties" is missing/u],
    ['no properties', '{"properties":null}', /"properties" is missing/u],
    ['no rows', '{"properties":{"columns":[],"rows":null}}', /"properties\.rows" is missing/u],
    ['no columns', '{"properties":{"columns":null,"rows":[]}}', /"properties\.columns" is missing/u],
    ['an error with status 200', '{"error":{"code":"X","message":"y"}}', /"properties" is missing/u],
    ['half of it', page(RESOURCE_COLUMNS, [resourceRow(2, 2)]).slice(0, -10), /it is no JSON/u],
    ['202', { status: 202, text: '{}' }, /status is 202/u],
    ['302', { status: 302, headers: { location: 'https://evil.example/' } }, /status is 302/u],
  ];
  for (const [what, answer, words] of bad) {
    it(`that cannot be used makes the month unusable: ${what}`, async () => {
      const odd = oddAzure(
        paged(
          (_, place) =>
            place === 0 ? page(RESOURCE_COLUMNS, [resourceRow(1, 1)], `${QUERY}?$skiptoken=2`) : answer,
          1,
        ),
      );
      await assert.rejects(september(odd), isAnswerError(words));
    });
  }

  it('without content is the end, and what it held is missed in the total', async () => {
    const answers = (sum: number): ((request: OddRequest) => OddAnswer) =>
      paged(
        (request) =>
          request.url.searchParams.has('$skiptoken')
            ? { status: 204 }
            : page(RESOURCE_COLUMNS, [resourceRow(1, 1)], `${QUERY}?$skiptoken=2`),
        sum,
      );
    assert.equal((await september(oddAzure(answers(1)))).rows.length, 1);
    await assert.rejects(
      september(oddAzure(answers(3))),
      (error: unknown) => error instanceof AzureError && error.kind === 'mismatch',
    );
  });

  it('that is throttled is asked for again, and no row comes twice', async () => {
    const odd = oddAzure(
      paged((_, place) => {
        switch (place) {
          case 0:
            return page(RESOURCE_COLUMNS, [resourceRow(1, 1)], `${QUERY}?$skiptoken=2`);
          case 1:
            return {
              status: 429,
              headers: { 'x-ms-ratelimit-microsoft.costmanagement-tenant-retry-after': '12.5' },
            };
          default:
            return page(RESOURCE_COLUMNS, [resourceRow(2, 2)]);
        }
      }, 3),
    );
    assert.equal((await september(odd)).rows.length, 2);
    assert.deepEqual(odd.time.waits, [12_500]);
    assert.equal(odd.requests[1]?.url.href, odd.requests[2]?.url.href);
  });

  for (const value of ['86401', '9'.repeat(40), 'Fri, 15 Oct 2055 12:00:00 GMT']) {
    it(`that is throttled for absurdly long says a time that there is: ${value}`, async () => {
      const odd = oddAzure(
        paged(
          (_, place) =>
            place === 0
              ? page(RESOURCE_COLUMNS, [resourceRow(1, 1)], `${QUERY}?$skiptoken=2`)
              : { status: 429, headers: { 'retry-after': value } },
          1,
        ),
      );
      await assert.rejects(september(odd), (error: unknown) => {
        assert.ok(error instanceof AzureThrottledError, String(error));
        assert.match(error.message, /until 2025-10-16 12:00 UTC/u);
        return true;
      });
    });
  }

  it('that is refused ends the month with what Azure wants', async () => {
    for (const [status, kind] of [
      [401, 'refused'],
      [403, 'forbidden'],
      [404, 'unknown'],
    ] as const) {
      const odd = oddAzure(
        paged(
          (_, place) =>
            place === 0 ? page(RESOURCE_COLUMNS, [resourceRow(1, 1)], `${QUERY}?$skiptoken=2`) : { status },
          1,
        ),
      );
      await assert.rejects(
        september(odd),
        (error: unknown) => error instanceof AzureError && error.kind === kind,
      );
    }
  });
});

describe('a grouping that Azure refuses', () => {
  /** Takes no more groupings than `most`, and of tags only those that it knows. */
  function choosy(most: number, tags: readonly string[] = []): (request: OddRequest) => OddAnswer {
    return (request) => {
      const grouping = groupingOf(request.query);
      const [tag] = (request.query.dataset.grouping ?? []).filter(({ type }) => type === 'TagKey');
      const isTagUnknown = tag !== undefined && !tags.includes(tag.name);
      if (kindOf(request) !== 'resources' || (grouping.length <= most && !isTagUnknown)) {
        return oneCost(request, {})
          .replace('"Currency"', '"Currency"},{"name":"TagValue"')
          .replace(/\]\]\}\}$/u, ',"sales"]]}}');
      }
      const message = `Invalid query definition: Invalid dataset grouping: '${grouping.at(-1) ?? ''}'; valid values: 'ResourceId','Meter'.\r\n\r\n (Request ID: x)`;
      return { status: 400, text: JSON.stringify({ error: { code: 'BadRequest', message } }) };
    };
  }

  const ALL = 'ResourceId Meter MeterSubCategory ChargeType';
  const ALL_WITH_TAG = `${ALL} team`;
  for (const [most, tags, asked, missing] of [
    [5, ['team'], [ALL_WITH_TAG], []],
    // A sub-category only says more of a meter: a tag that somebody asked for is worth more.
    [4, ['team'], [ALL_WITH_TAG, 'ResourceId Meter ChargeType team'], ['meterSubcategory']],
    // Kinds of charges decide what is spread: they are worth more than a tag.
    [5, [], [ALL_WITH_TAG, 'ResourceId Meter ChargeType team', ALL], ['tag']],
    [
      3,
      ['team'],
      [ALL_WITH_TAG, 'ResourceId Meter ChargeType team', ALL, 'ResourceId Meter team'],
      ['meterSubcategory', 'chargeType'],
    ],
    [
      2,
      ['team'],
      [ALL_WITH_TAG, 'ResourceId Meter ChargeType team', ALL, 'ResourceId Meter team', 'ResourceId Meter'],
      ['meterSubcategory', 'chargeType', 'tag'],
    ],
  ] as const) {
    it(`gives way to the next one: ${most} at most, tags: ${tags.join()}`, async () => {
      const odd = oddAzure(choosy(most, tags));
      const month = await odd.client.month('2025-09', 'actual', { signal: CALM, tag: 'team' });
      assert.deepEqual(
        odd.requests
          .filter((request) => kindOf(request) === 'resources')
          .map(({ query }) => groupingOf(query).join(' ')),
        asked,
      );
      assert.deepEqual(month.missing, missing);
      assert.equal(month.rows[0]?.costE8, 150_000_000n);
    });
  }
});
