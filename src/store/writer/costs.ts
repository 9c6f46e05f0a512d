import * as l10n from '@vscode/l10n';
import {
  CostEntryError,
  parseBudget,
  parseBudgetKey,
  parsePrice,
  parsePriceKey,
  utcDayAt,
  utcDayOf,
  type BudgetEntry,
  type BudgetKey,
  type PriceEntry,
  type PriceKey,
} from '../costs/costEntries';
import type { PublishResult } from '../writeResults';
import type { MirrorFile } from './mirrorFile';
import { placeholders, stamp, type Session } from './session';

const PRICE_VALUES = [
  'valid_from',
  'currency',
  'input_per_million',
  'cached_per_million',
  'output_per_million',
  'per_request',
  'source',
];

const SET_PRICE = `
  INSERT INTO prices (model_id, instance_id, valid_from_day, ${PRICE_VALUES.join(', ')}, sync_datetime, sync_datetime_epoch)
  VALUES (${placeholders(12)})
  ON CONFLICT (model_id, coalesce(instance_id, 0), valid_from_day) DO UPDATE SET
    ${PRICE_VALUES.map((column) => `${column} = excluded.${column}`).join(', ')},
    sync_datetime = excluded.sync_datetime, sync_datetime_epoch = excluded.sync_datetime_epoch, is_deleted = 0
  WHERE is_deleted = 1 OR ${PRICE_VALUES.map((column) => `${column} IS NOT excluded.${column}`).join(' OR ')}`;

const REMOVE_PRICE = `
  UPDATE prices SET is_deleted = 1, sync_datetime = ?, sync_datetime_epoch = ?
  WHERE model_id = ? AND coalesce(instance_id, 0) = ? AND valid_from_day = ? AND is_deleted = 0`;

const SET_BUDGET = `
  INSERT INTO budgets (instance_id, currency, monthly_amount, sync_datetime, sync_datetime_epoch)
  VALUES (?, ?, ?, ?, ?)
  ON CONFLICT (coalesce(instance_id, 0), currency) DO UPDATE SET
    monthly_amount = excluded.monthly_amount,
    sync_datetime = excluded.sync_datetime, sync_datetime_epoch = excluded.sync_datetime_epoch, is_deleted = 0
  WHERE is_deleted = 1 OR monthly_amount <> excluded.monthly_amount`;

const REMOVE_BUDGET = `
  UPDATE budgets SET is_deleted = 1, sync_datetime = ?, sync_datetime_epoch = ?
  WHERE coalesce(instance_id, 0) = ? AND currency = ? AND is_deleted = 0`;

/** Keeps prices; one of the same model, instance and first day is replaced. Publishes. @throws CostEntryError */
export function setPrices(file: MirrorFile, entries: readonly PriceEntry[]): PublishResult {
  return changeCosts(file, (session) => {
    const today = utcDayAt(session.now());
    for (const entry of entries.map((each) => parsePrice(each, today))) {
      assertKnown(session, entry.instanceId);
      const { validFrom, currency, inputPerMillion, cachedPerMillion, outputPerMillion, source } = entry;
      session.database.run(SET_PRICE, [
        ...[entry.modelId, entry.instanceId ?? null, utcDayOf(validFrom) ?? null],
        ...[validFrom, currency, inputPerMillion, cachedPerMillion ?? null, outputPerMillion],
        ...[entry.perRequest ?? 0, source],
        ...stamp(session),
      ]);
    }
  });
}

/** Publishes. @throws CostEntryError when there is no such price */
export function removePrice(file: MirrorFile, key: PriceKey): PublishResult {
  const { modelId, instanceId = 0, validFrom } = parsePriceKey(key);
  return changeCosts(file, (session) => {
    const values = [...stamp(session), modelId, instanceId, utcDayOf(validFrom) ?? null];
    if (session.database.run(REMOVE_PRICE, values) === 0) {
      throw new CostEntryError(l10n.t('{0} has no such price from {1} on.', modelId, validFrom));
    }
  });
}

/** Keeps a budget in place of the one of the same instance and currency. Publishes. @throws CostEntryError */
export function setBudget(file: MirrorFile, entry: BudgetEntry): PublishResult {
  const { instanceId, currency, monthlyAmount } = parseBudget(entry);
  return changeCosts(file, (session) => {
    assertKnown(session, instanceId);
    session.database.run(SET_BUDGET, [instanceId ?? null, currency, monthlyAmount, ...stamp(session)]);
  });
}

/** Publishes. @throws CostEntryError when there is no such budget */
export function removeBudget(file: MirrorFile, key: BudgetKey): PublishResult {
  const { instanceId = 0, currency } = parseBudgetKey(key);
  return changeCosts(file, (session) => {
    if (session.database.run(REMOVE_BUDGET, [...stamp(session), instanceId, currency]) === 0) {
      throw new CostEntryError(l10n.t('There is no such budget in {0}.', currency));
    }
  });
}

/** All of it or nothing, and visible to readers. */
function changeCosts(file: MirrorFile, work: (session: Session) => void): PublishResult {
  file.assertMayErase();
  file.change('rows', () => {
    work(file.session);
  });
  return file.publish();
}

/** @throws CostEntryError before the first sync of an instance: the database has no row to refer to */
function assertKnown({ database }: Session, instanceId: number | undefined): void {
  const isKnown =
    instanceId === undefined ||
    database.get('SELECT 1 FROM instances WHERE id = ? AND is_deleted = 0', [instanceId]) !== undefined;
  if (!isKnown) {
    throw new CostEntryError(l10n.t('The database does not know this instance yet. Sync it first.'));
  }
}
