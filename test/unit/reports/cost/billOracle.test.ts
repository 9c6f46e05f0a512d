import assert from 'node:assert/strict';
import fc from 'fast-check';
import { costReport } from '../../../../src/reports/cost/costReport';
import type { ReportFilter, ReportScope } from '../../../../src/reports/reportSettings';
import { rowsOf } from '../../../../src/store/resultSet';
import { CostScopeMirror } from '../costMirror';
import { at, TestMirror } from '../mirror';
import { report, rows } from '../reading';

/** Amounts of doubles are sums of integers of 1e-8. */
const NEAR = 2e-8;

const DAYS = ['2026-03-09', '2026-03-10', '2026-03-11', '2026-03-12'] as const;
const OWN = '/subscriptions/s/resourcegroups/ai/providers/microsoft.cognitiveservices/accounts/own';
const SHARED = OWN.replace('own', 'shared');
const RESOURCES: Readonly<Record<string, readonly number[]>> = { [OWN]: [0], [SHARED]: [0, 1], '/other': [] };

type Direction = 'input' | 'cached' | 'output' | 'all';
/** What a meter counts, by the models' names in Open WebUI; `assistant` is a preset of gpt-4o, `chat` a deployment of it. */
const METERS: Readonly<
  Record<string, { readonly direction: Direction; readonly models: readonly string[] }>
> = {
  'gpt 4o 0806 Inp glbl Tokens': { direction: 'input', models: ['gpt-4o', 'assistant', 'chat'] },
  'gpt 4o 0806 cached Inp glbl Tokens': { direction: 'cached', models: ['gpt-4o', 'assistant', 'chat'] },
  'gpt 4o 0806 Outp glbl Tokens': { direction: 'output', models: ['gpt-4o', 'assistant', 'chat'] },
  'gpt-4o-mini-0718-Outp-glbl Tokens': { direction: 'output', models: ['gpt-4o-mini'] },
  'Something Unit': { direction: 'all', models: ['gpt-4o-mini', 'llama3'] },
  'Nobody knows': { direction: 'all', models: [] },
};

interface Answer {
  readonly user: number;
  readonly day: string;
  readonly second: number;
  readonly model: string | null;
  readonly input: number | null;
  readonly cached: number | null;
  readonly output: number | null;
}

interface Row {
  readonly day: string;
  readonly resource: string;
  readonly meter: string;
  readonly chargeType: string;
  readonly currency: string;
  readonly e8: number;
  readonly quantity: number | null;
}

const count = fc.option(fc.integer({ min: 0, max: 50_000 }), { nil: null, freq: 6 });
const answer: fc.Arbitrary<Answer> = fc.record({
  user: fc.nat(4),
  day: fc.constantFrom(...DAYS),
  second: fc.nat(86_399),
  model: fc.constantFrom('gpt-4o', 'gpt-4o', 'assistant', 'chat', 'gpt-4o-mini', 'llama3', null),
  input: count,
  cached: fc.option(fc.integer({ min: 0, max: 60_000 }), { nil: null }),
  output: count,
});
const row: fc.Arbitrary<Row> = fc.record({
  day: fc.constantFrom(...DAYS),
  resource: fc.constantFrom(OWN, OWN, SHARED, SHARED, '/other'),
  meter: fc.constantFrom(...Object.keys(METERS)),
  chargeType: fc.constantFrom('Usage', 'Usage', 'Usage', 'Usage', 'Refund'),
  currency: fc.constantFrom('EUR', 'EUR', 'EUR', 'USD'),
  e8: fc.integer({ min: -(10 ** 10), max: 10 ** 12 }),
  quantity: fc.option(fc.double({ min: 0, max: 200, noNaN: true }), { nil: null }),
});
const world = fc.record({
  answers: fc.array(answer, { maxLength: 30 }),
  rows: fc.uniqueArray(row, {
    maxLength: 10,
    selector: ({ day, resource, meter, chargeType, currency }) =>
      [day, resource, meter, chargeType, currency].join(),
  }),
  isExcluded: fc.boolean(),
  isMerged: fc.boolean(),
});
type World = typeof world extends fc.Arbitrary<infer W> ? W : never;

/** Users 0 to 2 are of the first instance, 3 and 4 of the second. */
const instanceOf = (user: number): number => (user < 3 ? 0 : 1);
/** Members by group. */
const GROUPS: readonly (readonly number[])[] = [[0, 1], [1], [3]];

/** Weights of answers by what a row counts; the plain way. */
function weightOf({ input, cached, output }: Answer, direction: Direction, isCachedApart: boolean): number {
  const fromCache = Math.min(cached ?? 0, input ?? 0);
  switch (direction) {
    case 'input':
      return (input ?? 0) - (isCachedApart ? fromCache : 0);
    case 'cached':
      return isCachedApart ? fromCache : (input ?? 0);
    case 'output':
      return output ?? 0;
    case 'all':
      return (input ?? 0) + (output ?? 0);
  }
}

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, one) => total + one, 0);
const groupOf = ({ user, model }: Answer): string => `${instanceOf(user)} ${model ?? ''}`;

/** What each answer is billed by a row of a day, in doubles; nothing where the row is left. */
function spreadPlainly(
  bill: Row,
  answers: readonly Answer[],
  all: readonly Row[],
): ReadonlyMap<Answer, number> {
  const usersOf = (one: Row): readonly Answer[] => {
    const models = METERS[one.meter]?.models ?? [];
    const isSpread = one.chargeType === 'Usage' && one.day === bill.day;
    return answers.filter(
      (use) =>
        isSpread &&
        use.day === one.day &&
        (RESOURCES[one.resource] ?? []).includes(instanceOf(use.user)) &&
        models.includes(use.model ?? ''),
    );
  };
  const keyOf = (one: Row): string => [...new Set(usersOf(one).map(groupOf))].sort().join();
  const users = usersOf(bill);
  const isCachedApart = all.some(
    (one) =>
      METERS[one.meter]?.direction === 'cached' &&
      keyOf(one) === keyOf(bill) &&
      usersOf(one).some(({ input, cached }) => Math.min(cached ?? 0, input ?? 0) > 0),
  );
  const weighingOf = (one: Row): string => {
    const direction = METERS[one.meter]?.direction ?? 'all';
    return direction === 'cached' && !isCachedApart ? 'input' : direction;
  };
  const direction = METERS[bill.meter]?.direction ?? 'all';
  let weights = users.map((use) => weightOf(use, direction, isCachedApart));
  let part = 1;
  if (sum(weights) === 0) {
    const isEven =
      direction === 'all' || users.every(({ input, output }) => input === null && output === null);
    weights = isEven ? users.map(() => 1) : [];
  } else if (direction !== 'all') {
    const same = all.filter((one) => keyOf(one) === keyOf(bill) && weighingOf(one) === weighingOf(bill));
    const billed = sum(
      same.map(({ quantity }) => (quantity === null ? Number.NaN : Math.round(quantity * 1000))),
    );
    const own = sum(weights);
    if (billed > 0 && own <= 2 * billed && own * 10 < billed * 9) {
      part = own / billed;
    }
  }
  const total = sum(weights);
  return new Map(
    users.flatMap((use, index) => {
      const weight = weights[index] ?? 0;
      return weight === 0 ? [] : [[use, (bill.e8 * part * weight) / total] as const];
    }),
  );
}

/** What each answer is billed by all rows: of each model of an instance the currency that most of its rows have. */
function billPlainly({ answers, rows: all }: World): ReadonlyMap<Answer, { currency: string; e8: number }> {
  const billed = new Map<Answer, { currency: string; e8: number }>();
  for (const day of DAYS) {
    const ofDay = all.filter((one) => one.day === day);
    const spread = ofDay.map((one) => ({ one, parts: spreadPlainly(one, answers, ofDay) }));
    for (const group of new Set(answers.map(groupOf))) {
      const own = spread.filter(({ parts }) => [...parts.keys()].some((use) => groupOf(use) === group));
      const votes = (currency: string): number => own.filter(({ one }) => one.currency === currency).length;
      const currency = votes('USD') > votes('EUR') ? 'USD' : 'EUR';
      for (const { one, parts } of own.filter((bill) => bill.one.currency === currency)) {
        for (const [use, e8] of parts) {
          if (groupOf(use) === group) {
            billed.set(use, { currency: one.currency, e8: (billed.get(use)?.e8 ?? 0) + e8 });
          }
        }
      }
      if (own.length > 0) {
        // Known use of no cost is billed, too.
        answers
          .filter((use) => use.day === day && groupOf(use) === group && (use.input ?? use.output) !== null)
          .forEach((use) => billed.set(use, billed.get(use) ?? { currency, e8: 0 }));
      }
    }
  }
  return billed;
}

interface Built {
  readonly mirror: TestMirror;
  readonly instances: readonly number[];
  readonly users: readonly number[];
  readonly groups: readonly number[];
  readonly ids: ReadonlyMap<number, Answer>;
  readonly chatOf: ReadonlyMap<number, number>;
}

async function build({ answers, rows: all, isExcluded, isMerged }: World): Promise<Built> {
  const mirror = await TestMirror.create();
  const instances = [mirror.instance('one'), mirror.instance('two')];
  const users = [0, 1, 2, 3, 4].map((user) => mirror.user(instances[instanceOf(user)] ?? 0, `user ${user}`));
  const chats = users.map((user) => mirror.chat(user));
  const groups = GROUPS.map((members, index) => {
    const instance = instances[instanceOf(members[0] ?? 0)] ?? 0;
    const id = mirror.row('user_groups', {
      instance_id: instance,
      remote_id: `g${index}`,
      name: `g${index}`,
      row_hash: '',
    });
    members.forEach((member) =>
      mirror.put('group_members', {
        group_id: id,
        user_id: users[member] ?? 0,
        instance_id: instance,
        first_seen_at: '',
        first_seen_at_epoch: 0,
      }),
    );
    return id;
  });
  for (const instance of instances) {
    mirror.model(instance, 'assistant', 'gpt-4o');
  }
  mirror.price('llama3', { input: 2, cached: 1, output: 4 });
  mirror.price('gpt-4o', { from: '2026-03-11', currency: 'EUR', input: 3, output: 6, perRequest: 0.01 });
  const ids = new Map<number, Answer>();
  for (const use of answers) {
    const id = mirror.message(chats[use.user] ?? 0, at(`${use.day} 00:00`) + use.second, {
      ...{ role: 'assistant', model: use.model, input: use.input, output: use.output },
      cached: use.cached === null ? null : Math.min(use.cached, use.input ?? 0),
    });
    ids.set(id, use);
  }
  const scope = new CostScopeMirror(mirror, 'subscriptions/s');
  scope.month('2026-03');
  for (const [resource, served] of Object.entries(RESOURCES)) {
    for (const instance of served) {
      mirror.put('cost_resources', {
        resource_id: resource.slice(1),
        instance_id: instances[instance] ?? 0,
        source: 'admin',
      });
    }
  }
  mirror.put('cost_deployments', {
    resource_id: '',
    deployment: 'chat',
    model: 'gpt-4o',
    version: '2024-08-06',
    source: 'admin',
  });
  mirror.put('cost_meters', {
    meter: 'Something Unit',
    models: '["gpt-4o-mini","llama3"]',
    direction: 'fixed',
    driver: 'tokens',
  });
  for (const { e8, day, quantity, ...others } of all) {
    scope.charge(e8 / 1e8, { date: day, ...others, ...(quantity === null ? {} : { quantity }) });
  }
  if (isExcluded) {
    mirror.exclude(users[2] ?? 0);
  }
  if (isMerged) {
    mirror.merge(users[1] ?? 0, users[3] ?? 0);
  }
  mirror.spread();
  return { mirror, instances, users, groups, ids, chatOf: new Map(chats.map((chat, user) => [user, chat])) };
}

describe('Bills and list prices of random worlds', function () {
  this.timeout(240_000);

  it('go to whom a plain count in doubles gives them, and no part is lost', async () => {
    await fc.assert(
      fc.asyncProperty(world, async (random) => {
        const { mirror, ids } = await build(random);
        try {
          const lost = await mirror.query(
            `SELECT d.id FROM cost_daily d LEFT JOIN cost_shares s ON s.cost_id = d.id
             GROUP BY d.id, d.cost_e8 HAVING d.cost_e8 <> coalesce(sum(s.cost_e8), 0) OR count(s.cost_id) = 0`,
          );
          assert.deepEqual(rowsOf(lost), []);
          const found = new Map(
            rowsOf(
              await mirror.query('SELECT generation_id AS id, currency, cost_e8 AS e8 FROM generation_costs'),
            ).map(({ id, currency, e8 }) => [ids.get(Number(id)), { currency, e8: Number(e8) }]),
          );
          const wanted = billPlainly(random);
          assert.equal(found.size, wanted.size);
          for (const [use, { currency, e8 }] of wanted) {
            assert.equal(found.get(use)?.currency, currency);
            // A unit for each row and its group.
            assert.ok(
              Math.abs((found.get(use)?.e8 ?? Number.NaN) - e8) <=
                2 * random.rows.length + Math.abs(e8) * 1e-9,
              `${found.get(use)?.e8} ${e8}`,
            );
          }
        } finally {
          mirror.dispose();
        }
      }),
      { numRuns: 25 },
    );
  });

  it('come to the same in every part of the report, whatever it leaves out', async () => {
    await fc.assert(
      fc.asyncProperty(world, fc.nat(6), async (random, choice) => {
        const built = await build(random);
        try {
          const { asked, isAsked } = askedOf(built, random, choice);
          const truth = (await costsOf(built)).filter(({ use }) => isAsked(use));
          const model = await report(built.mirror, { definition: costReport, unit: 'day', ...asked });
          const own = truth.filter(({ use }) => !(random.isExcluded && use.user === 2));
          const expected = byCurrency(truth);
          same(
            byCurrency(rows(model, 'spent').filter(({ is_current: current }) => current === 1)),
            expected,
            'spent',
          );
          same(byCurrency(rows(model, 'by_bucket')), expected, 'by day');
          same(byCurrency(rows(model, 'by_model')), expected, 'by model');
          same(byCurrency(rows(model, 'by_user')), expected, 'by user');
          same(byCurrency(rows(model, 'chats')), byCurrency(own), 'by conversation');
          if (asked.scope?.kind !== 'instance') {
            same(byCurrency(rows(model, 'by_instance')), expected, 'by instance');
          }
          const times = (user: number): number =>
            Math.max(1, GROUPS.filter((members) => members.includes(user)).length);
          same(
            byCurrency(rows(model, 'by_group')),
            byCurrency(truth.flatMap((one) => Array.from({ length: times(one.use.user) }, () => one))),
            'by group',
          );
          if (choice < 2) {
            same(
              byCurrency(rows(model, 'by_meter'), 'allocated_cost'),
              byCurrency(truth.filter(({ isBilled }) => isBilled)),
              'by meter',
            );
          }
          for (const bill of rows(model, 'allocation')) {
            const parts = ['allocated_cost', 'unallocated_cost', 'unmapped_cost', 'other_charges_cost'];
            assert.ok(
              Math.abs(sum(parts.map((part) => Number(bill[part]))) - Number(bill['charged_cost'])) < NEAR,
            );
          }
        } finally {
          built.mirror.dispose();
        }
      }),
      { numRuns: 25 },
    );
  });
});

type Spent = {
  readonly use: Answer;
  readonly currency: string;
  readonly cost: number;
  readonly isBilled: boolean;
};

/** What each answer cost: as it was billed, else by the prices of its day. */
async function costsOf({ mirror, ids }: Built): Promise<Spent[]> {
  const bills = rowsOf(
    await mirror.query('SELECT generation_id AS id, currency, cost_e8 AS e8 FROM generation_costs'),
  );
  const billed = new Map(
    bills.map(({ id, currency, e8 }) => [Number(id), { currency: String(currency), cost: Number(e8) / 1e8 }]),
  );
  return [...ids].flatMap(([id, use]): Spent[] => {
    const bill = billed.get(id);
    if (bill !== undefined) {
      return [{ use, ...bill, isBilled: true }];
    }
    const { model, day, input, cached, output } = use;
    if (input === null || output === null) {
      return [];
    }
    const fresh = input - Math.min(cached ?? 0, input);
    if (model === 'llama3') {
      return [
        { use, currency: 'USD', cost: (fresh * 2 + (input - fresh) + output * 4) / 1e6, isBilled: false },
      ];
    }
    // A preset has the price of its base model; a deployment's name is not the model's.
    return (model === 'gpt-4o' || model === 'assistant') && day >= '2026-03-11'
      ? [{ use, currency: 'EUR', cost: (input * 3 + output * 6) / 1e6 + 0.01, isBilled: false }]
      : [];
  });
}

/** A report of all, of one instance, or with a filter; and which answers it is about. */
function askedOf(
  { instances, users, groups }: Built,
  { isMerged }: World,
  choice: number,
): { asked: { scope?: ReportScope; filter?: ReportFilter }; isAsked: (use: Answer) => boolean } {
  const isOf =
    (...accounts: readonly number[]) =>
    (use: Answer): boolean =>
      accounts.includes(use.user) ||
      (isMerged && [1, 3].includes(use.user) && accounts.some((one) => [1, 3].includes(one)));
  switch (choice) {
    case 1:
      return {
        asked: { scope: { kind: 'instance', instanceId: instances[0] ?? 0 } },
        isAsked: ({ user }) => instanceOf(user) === 0,
      };
    case 2:
      return { asked: { filter: { users: [users[0] ?? 0, users[1] ?? 0] } }, isAsked: isOf(0, 1) };
    case 3:
      // Each of a person's accounts is in its own groups.
      return {
        asked: { filter: { groups: [groups[0] ?? 0, groups[1] ?? 0] } },
        isAsked: ({ user }) => user < 2,
      };
    case 4:
      return {
        asked: { filter: { models: ['gpt-4o', 'llama3', ''] } },
        isAsked: ({ model }) => ['gpt-4o', 'llama3', null].includes(model),
      };
    case 5:
      return {
        asked: { filter: { models: ['assistant'], users: [users[4] ?? 0] } },
        isAsked: ({ model, user }) => model === 'assistant' && user === 4,
      };
    default:
      return { asked: {}, isAsked: () => true };
  }
}

function byCurrency(
  parts: readonly { readonly currency?: unknown; readonly [column: string]: unknown }[],
  column = 'cost',
): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const part of parts) {
    if (typeof part.currency === 'string') {
      sums[part.currency] = (sums[part.currency] ?? 0) + Number(part[column] ?? 0);
    }
  }
  return sums;
}

function same(found: Record<string, number>, expected: Record<string, number>, what: string): void {
  for (const currency of new Set([...Object.keys(found), ...Object.keys(expected)])) {
    const [one = 0, other = 0] = [found[currency], expected[currency]];
    assert.ok(Math.abs(one - other) < NEAR + Math.abs(other) * 1e-12, `${what}: ${one} ${other} ${currency}`);
  }
}
