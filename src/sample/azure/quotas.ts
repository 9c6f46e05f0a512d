/** Requests, or the units that they take, in a span of time. */
export interface Limit {
  readonly windowMs: number;
  readonly max: number;
}

/** How much may be asked; tests may state their own. */
export interface Quotas {
  /** Of a tenant: one unit for each month of data, by name as the header has it. */
  readonly units: Readonly<Record<string, Limit>>;
  /** Requests for one scope. */
  readonly scope: Limit;
  /** Requests of one `ClientType`; those that name none share one bucket with all other tools of the tenant. */
  readonly clientType: Limit;
  /** What the other tools of the tenant leave of that bucket. */
  readonly unnamedClients: Limit;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** What is known of the real service. */
export const REAL_QUOTAS: Quotas = {
  units: {
    QueriesPerHour: { windowMs: HOUR, max: 600 },
    QueriesPerMin: { windowMs: MINUTE, max: 60 },
    QueriesPer10Sec: { windowMs: 10 * SECOND, max: 12 },
  },
  scope: { windowMs: MINUTE, max: 4 },
  clientType: { windowMs: MINUTE, max: 2_000 },
  unnamedClients: { windowMs: MINUTE, max: 2_000 },
};

const NO_LIMIT: Limit = { windowMs: SECOND, max: Infinity };

/** For whoever tests something else, and for the demo. */
export const NO_QUOTAS: Quotas = {
  units: {},
  scope: NO_LIMIT,
  clientType: NO_LIMIT,
  unnamedClients: NO_LIMIT,
};

/** A request that wants to be served. */
export interface QuotaRequest {
  readonly tenant: string;
  readonly scope: string;
  readonly clientType: string | undefined;
  readonly units: number;
}

/** What was decided, with the headers that say so. */
export interface QuotaVerdict {
  readonly isServed: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

const PREFIX = 'x-ms-ratelimit';
const DEFAULT_CLIENT_TYPE = 'DefaultQuota';

/** Counts what tenants asked. A request that is refused takes nothing. */
export class QuotaBook {
  readonly #taken = new Map<string, { readonly at: number; readonly units: number }[]>();

  constructor(
    public quotas: Quotas,
    private readonly now: () => number,
  ) {}

  ask(request: QuotaRequest): QuotaVerdict {
    const named = request.clientType;
    const counters = [
      ...Object.entries(this.quotas.units).map(([name, limit]) => ({
        header: 'qpu',
        key: `${request.tenant}/${name}`,
        limit,
        units: request.units,
      })),
      { header: 'entity', key: `scope/${request.scope}`, limit: this.quotas.scope, units: 1 },
      {
        header: 'clienttype',
        key: `${request.tenant}/clienttype/${named ?? ''}`,
        limit: named === undefined ? this.quotas.unnamedClients : this.quotas.clientType,
        units: 1,
      },
    ];
    const waits = counters.flatMap(({ header, key, limit, units }) => {
      const seconds = this.#secondsUntilFree(key, limit, units);
      return seconds > 0 ? [{ header, seconds }] : [];
    });
    if (waits.length === 0) {
      for (const { key, units } of counters) {
        this.#take(key, units);
      }
    }
    return {
      isServed: waits.length === 0,
      headers: { ...this.#remaining(request), ...(waits.length === 0 ? {} : retryHeaders(waits)) },
    };
  }

  #take(key: string, units: number): void {
    const taken = this.#taken.get(key) ?? [];
    taken.push({ at: this.now(), units });
    this.#taken.set(key, taken);
  }

  #used(key: string, { windowMs }: Limit): readonly { readonly at: number; readonly units: number }[] {
    return (this.#taken.get(key) ?? []).filter(({ at }) => at > this.now() - windowMs);
  }

  #secondsUntilFree(key: string, limit: Limit, units: number): number {
    const used = this.#used(key, limit);
    let free = limit.max - sumOf(used);
    if (free >= units) {
      return 0;
    }
    for (const { at, units: released } of used) {
      free += released;
      if (free >= units) {
        return Math.max(1, Math.ceil((at + limit.windowMs - this.now()) / SECOND));
      }
    }
    // More than the quota at once: the whole span, as if it could help.
    return Math.ceil(limit.windowMs / SECOND);
  }

  #remaining({ tenant, scope, clientType, units }: QuotaRequest): Record<string, string> {
    const { scope: ofScope, clientType: ofType, unnamedClients } = this.quotas;
    const left = (key: string, limit: Limit): number =>
      Math.max(0, limit.max - sumOf(this.#used(key, limit)));
    const byUnits = Object.entries(this.quotas.units).map(
      ([name, limit]) => `${name}:${left(`${tenant}/${name}`, limit)}`,
    );
    const typeLeft = left(
      `${tenant}/clienttype/${clientType ?? ''}`,
      clientType === undefined ? unnamedClients : ofType,
    );
    return {
      [`${PREFIX}-microsoft.costmanagement-qpu-consumed`]: String(units),
      [`${PREFIX}-microsoft.costmanagement-qpu-remaining`]: byUnits.join(','),
      [`${PREFIX}-remaining-microsoft.costmanagement-entity-requests`]: String(
        left(`scope/${scope}`, ofScope),
      ),
      [`${PREFIX}-remaining-microsoft.costmanagement-clienttype-requests`]: `${
        clientType ?? DEFAULT_CLIENT_TYPE
      }:${typeLeft}`,
    };
  }
}

function retryHeaders(
  waits: readonly { readonly header: string; readonly seconds: number }[],
): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const { header, seconds } of waits) {
    const name = `${PREFIX}-microsoft.costmanagement-${header}-retry-after`;
    headers[name] = String(Math.max(seconds, Number(headers[name] ?? 0)));
  }
  return headers;
}

function sumOf(taken: readonly { readonly units: number }[]): number {
  return taken.reduce((sum, { units }) => sum + units, 0);
}
