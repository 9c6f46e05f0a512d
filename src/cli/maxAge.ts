import { InvalidArgumentError } from 'commander';
import type { Instance } from '../store/instances/instance';
import { formatDateTime } from '../sync/words';
import type { ShownStatus } from './statusText';

const UNIT_MS: Readonly<Record<string, number>> = { min: 60_000, h: 3_600_000, d: 86_400_000 };

/** A time such as `90min`, `26h` or `2d`, with how it was typed. */
export interface MaxAge {
  readonly typed: string;
  readonly ms: number;
}

/** Reads `90min`, `26h` or `2d`. @throws InvalidArgumentError, which commander words as wrong usage */
export function maxAge(typed: string): MaxAge {
  const [, amount = '', unit = ''] = /^([1-9]\d{0,5})(min|h|d)$/u.exec(typed) ?? [];
  const unitMs = UNIT_MS[unit];
  if (unitMs === undefined) {
    throw new InvalidArgumentError('Give a time such as 90min, 26h or 2d.');
  }
  return { typed, ms: Number(amount) * unitMs };
}

/** Those of the instances on the list that were not synced since; what is switched off is not meant to be. */
export function staleInstances(
  instances: readonly Instance[],
  shown: readonly ShownStatus[],
  { ms }: MaxAge,
  now: number,
): readonly ShownStatus[] {
  const enabled = new Set(instances.filter((instance) => instance.enabled).map(({ id }) => id));
  return shown.filter(
    ({ instanceId, lastSyncEpoch }) =>
      enabled.has(instanceId) && (lastSyncEpoch === undefined || now - lastSyncEpoch * 1000 > ms),
  );
}

/** `Not synced for 26h: fasgpt (last 2025-11-16 14:30:15), resgpt (never).` */
export function staleText(stale: readonly ShownStatus[], { typed }: MaxAge, zone: string): string {
  const parts = stale.map(({ name, lastSyncEpoch }) =>
    lastSyncEpoch === undefined
      ? `${name} (never)`
      : `${name} (last ${formatDateTime(lastSyncEpoch * 1000, zone)})`,
  );
  return `Not synced for ${typed}: ${parts.join(', ')}.`;
}
