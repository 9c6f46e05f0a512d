import { billGeneration, CostScopeMirror, invoice } from './costMirror';
import { TestMirror, at } from './mirror';

/** What each of two scopes was billed in each month, in VND. */
export const LARGE_MONTH = 60_000_000_000;

/** Twelve months of two scopes, up to March 2026, with a quarter of each bill of one answer, and an invoice of all of March. */
export async function largeMirror(): Promise<TestMirror> {
  const mirror = await TestMirror.create();
  const instance = mirror.instance('fasgpt');
  const chat = mirror.chat(mirror.user(instance, 'Ann'));
  const cost = LARGE_MONTH / 4;
  const currency = 'VND';
  for (const name of ['one', 'two']) {
    const scope = new CostScopeMirror(mirror, `subscriptions/${name}`);
    for (let index = 0; index < 12; index += 1) {
      const month = new Date(Date.UTC(2025, 3 + index, 1)).toISOString().slice(0, 7);
      scope.month(month);
      scope.total(month, LARGE_MONTH, currency);
      scope.charge(LARGE_MONTH, {
        date: `${month}-10`,
        currency,
        tag: 'sales',
        shares: [
          { cost, instance, model: 'm' },
          { kind: 'unallocated', cost: LARGE_MONTH - cost, instance, reason: 'otherUse' },
        ],
      });
      const time = at(`${month}-10 10:00`);
      const answer = mirror.message(chat, time, { role: 'assistant', model: 'm', input: 10, output: 1 });
      billGeneration(mirror, answer, cost, { currency });
    }
  }
  invoice(mirror, 2 * LARGE_MONTH + 10, { currency, tax: 8 });
  return mirror;
}
