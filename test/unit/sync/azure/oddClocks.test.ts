import assert from 'node:assert/strict';
import { utcDateOf } from '../../../../src/store/costs/costEntries';
import { planCosts } from '../../../../src/sync/costs/plan';
import { CALM } from './azureHarness';
import { oddAzure, page } from './oddAzure';

/** From 14 hours before UTC to 11 behind, with and without a change of clocks. */
const ZONES = [
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kathmandu',
];

/** What is planned and asked for at a time, in a zone. */
async function askedIn(
  zone: string,
  now: string,
): Promise<{ asked: readonly string[]; periods: readonly string[] }> {
  process.env['TZ'] = zone;
  const odd = oddAzure(() =>
    page(
      [
        'Cost',
        'CostUSD',
        'UsageQuantity',
        'UsageDate',
        'Currency',
        'ResourceId',
        'Meter',
        'MeterSubCategory',
        'ChargeType',
        'ServiceName',
        'PublisherType',
      ],
      [],
    ),
  );
  odd.time.set(now);
  const { parts } = planCosts(
    'subscriptions/x',
    [],
    { isByTimer: false, isWhole: false },
    odd.time.now() / 1000,
  );
  const asked: string[] = [];
  for (const { month, costType } of parts) {
    const { isClosed, knownToDay } = await odd.client.month(month, costType, { signal: CALM });
    asked.push(`${month} ${costType} ${isClosed ? 'closed' : 'open'} to ${utcDateOf(knownToDay)}`);
  }
  const periods = odd.requests.map(({ query: { timePeriod } }) => `${timePeriod?.from} ${timePeriod?.to}`);
  return { asked, periods: [...new Set(periods)] };
}

describe('Months of costs by the clock', () => {
  const zone = process.env['TZ'];
  afterEach(() => {
    if (zone === undefined) {
      delete process.env['TZ'];
    } else {
      process.env['TZ'] = zone;
    }
  });

  for (const [now, newest, open] of [
    ['2025-12-31T23:59:59Z', '2025-12-01T00:00:00Z 2025-12-31T00:00:00Z', 2],
    ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z 2026-01-01T00:00:00Z', 4],
    ['2026-01-05T23:59:59Z', '2026-01-01T00:00:00Z 2026-01-05T00:00:00Z', 4],
    ['2026-01-06T00:00:00Z', '2026-01-01T00:00:00Z 2026-01-06T00:00:00Z', 2],
    // Where clocks go back, forth, and in a leap year.
    ['2025-10-26T01:30:00Z', '2025-10-01T00:00:00Z 2025-10-26T00:00:00Z', 2],
    ['2025-03-30T01:30:00Z', '2025-03-01T00:00:00Z 2025-03-30T00:00:00Z', 2],
    ['2024-02-29T23:30:00Z', '2024-02-01T00:00:00Z 2024-02-29T00:00:00Z', 2],
  ] as const) {
    it(`are UTC in every zone, and never end after today: ${now}`, async () => {
      const seen = new Set<string>();
      for (const name of ZONES) {
        const { asked, periods } = await askedIn(name, now);
        assert.equal(periods[0], newest, name);
        assert.equal(periods.length, 13);
        assert.equal(asked.filter((line) => line.includes(' open ')).length, open, name);
        seen.add(JSON.stringify([asked, periods]));
      }
      assert.equal(seen.size, 1);
    });
  }
});
