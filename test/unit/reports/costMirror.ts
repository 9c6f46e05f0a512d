import { at, type TestMirror } from './mirror';

/** Integer of 1e-8 of a currency. */
export function e8(amount: number): number {
  return Math.round(amount * 1e8);
}

/** UTC days since 1970-01-01 of `YYYY-MM-DD`. */
export function utcDay(date: string): number {
  return at(`${date} 00:00`) / 86_400;
}

export interface ShareOptions {
  readonly kind?: 'allocated' | 'unallocated' | 'unmapped' | 'other';
  readonly cost: number;
  readonly instance?: number | null;
  readonly model?: string;
  readonly reason?: string;
  readonly method?: string;
}

export interface ChargeOptions {
  readonly date?: string;
  readonly costType?: 'actual' | 'amortized';
  readonly resource?: string;
  readonly meter?: string;
  readonly chargeType?: string;
  readonly tag?: string;
  readonly currency?: string;
  readonly quantity?: number;
  /** Absent: nothing became of it. */
  readonly shares?: readonly ShareOptions[];
}

const DAY = '2026-03-10';

/** A scope of a cloud's bills, filled by plain rows. */
export class CostScopeMirror {
  readonly id: number;
  readonly #mirror: TestMirror;
  readonly #run: number;

  constructor(mirror: TestMirror, scope = 'subscriptions/one', source: 'azure' | 'import' = 'azure') {
    this.#mirror = mirror;
    this.id = mirror.row('cost_scopes', {
      source,
      scope,
      name: scope.slice(scope.lastIndexOf('/') + 1),
      last_sync: '2026-03-31 12:30:00',
      last_sync_epoch: at('2026-03-31 12:30'),
    });
    this.#run = mirror.row('cost_sync_runs', {
      scope_id: this.id,
      trigger: 'manual',
      status: 'ok',
      started_at: '2026-03-31 12:30:00',
      started_at_epoch: at('2026-03-31 12:30'),
    });
  }

  month(month: string, state: 'open' | 'closed' = 'closed', costType = 'actual'): void {
    this.#mirror.put('cost_months', {
      scope_id: this.id,
      cost_type: costType,
      month,
      state,
      known_to_day: utcDay(`${month}-28`),
      run_id: this.#run,
      fetched_at: '2026-03-31 12:30:00',
      fetched_at_epoch: at('2026-03-31 12:30'),
    });
  }

  /** What the cloud says that a month comes to. */
  total(month: string, amount: number, currency = 'USD', costType = 'actual'): void {
    this.#mirror.put('cost_month_totals', {
      scope_id: this.id,
      cost_type: costType,
      month,
      currency,
      control_e8: e8(amount),
    });
  }

  /** A row of a bill. @returns its id */
  charge(amount: number, options: ChargeOptions = {}): number {
    const { date = DAY, costType = 'actual', currency = 'USD', shares = [] } = options;
    const id = this.#mirror.row('cost_daily', {
      scope_id: this.id,
      cost_type: costType,
      utc_day: utcDay(date),
      date,
      resource_id: options.resource ?? '/subscriptions/one/accounts/fas',
      meter: options.meter ?? 'gpt 4o Inp glbl Tokens',
      meter_subcategory: 'Azure OpenAI',
      charge_type: options.chargeType ?? 'Usage',
      tag: options.tag ?? '',
      currency,
      cost_e8: e8(amount),
      quantity: options.quantity ?? null,
      unit: '1K',
      service: 'Foundry Models',
      run_id: this.#run,
    });
    shares.forEach(({ kind = 'allocated', cost, instance, model, reason, method }, index) =>
      this.#mirror.put('cost_shares', {
        cost_id: id,
        part: index + 1,
        kind,
        instance_id: instance ?? null,
        model_id: model ?? null,
        method: method ?? (kind === 'allocated' ? 'tokens' : null),
        reason: reason ?? null,
        cost_e8: e8(cost),
      }),
    );
    return id;
  }

  restated(date: string, before: number, after: number, currency = 'USD'): void {
    this.#mirror.row('cost_restatements', {
      scope_id: this.id,
      cost_type: 'actual',
      utc_day: utcDay(date),
      date,
      currency,
      old_e8: e8(before),
      new_e8: e8(after),
      run_id: this.#run,
    });
  }
}

/** Says what generations were billed. */
export function billGeneration(
  mirror: TestMirror,
  generationId: number,
  amount: number,
  { isFinal = true, currency = 'USD', costType = 'actual' } = {},
): void {
  mirror.put('generation_costs', {
    generation_id: generationId,
    cost_type: costType,
    currency,
    cost_e8: e8(amount),
    is_final: Number(isFinal),
  });
}

/** An invoice as somebody typed it in. */
export function invoice(
  mirror: TestMirror,
  amount: number,
  options: {
    readonly scope?: string;
    readonly month?: string;
    readonly currency?: string;
    readonly tax?: number;
    readonly credits?: number;
    readonly support?: number;
    readonly otherScopes?: number;
  } = {},
): void {
  mirror.put('cost_invoices', {
    scope: options.scope ?? '',
    month: options.month ?? '2026-03',
    currency: options.currency ?? 'USD',
    amount,
    tax: options.tax ?? null,
    credits: options.credits ?? null,
    support: options.support ?? null,
    other_scopes: options.otherScopes ?? null,
  });
}

/** Bills of March 2026: of generations, of use that is unknown, of a resource that is not mapped, and a refund. */
export function billMarch(mirror: TestMirror, instanceIds: readonly number[]): void {
  const scope = new CostScopeMirror(mirror);
  scope.month('2026-03', 'open');
  scope.total('2026-03', 10 * instanceIds.length + 3);
  instanceIds.forEach((instance, index) =>
    scope.charge(10, {
      date: `2026-03-${10 + index}`,
      shares: [
        { cost: 7, instance, model: 'gpt-4o' },
        { kind: 'unallocated', cost: 3, instance, reason: 'otherUse' },
      ],
    }),
  );
  scope.charge(4, {
    resource: '/subscriptions/one/resourcegroups/files/providers/microsoft.storage/storageaccounts/x',
    shares: [{ kind: 'unmapped', cost: 4, reason: 'servesNone' }],
  });
  scope.charge(-1, { chargeType: 'Refund', shares: [{ kind: 'other', cost: -1, reason: 'otherCharge' }] });
  scope.restated('2026-03-10', 9, 10);
  invoice(mirror, 25, { scope: 'subscriptions/one', tax: 2 });
  mirror.run(`INSERT INTO generation_costs (generation_id, cost_type, currency, cost_e8, is_final, sync_datetime, sync_datetime_epoch)
    SELECT m.id, 'actual', 'USD', 100000 + m.id, m.id % 2, '', 0
    FROM message m
    WHERE m.role = 'assistant' AND m.is_copy = 0 AND m.id % 3 > 0`);
}
