import type { BilledRow, ShareKind, ShareReason } from './allocationTypes';
import type { CostMap, RowMeaning } from './costMap';
import type { UseGroup } from './usage';

/** A row that is not spread. */
export interface LeftRow {
  readonly row: BilledRow;
  readonly kind: Exclude<ShareKind, 'allocated'>;
  readonly reason: ShareReason;
  /** The only instance that its resource serves. */
  readonly instanceId?: number | undefined;
}

/** A row that is spread over these groups. */
export interface SpreadRow {
  readonly row: BilledRow;
  readonly meaning: RowMeaning;
  readonly groups: readonly UseGroup[];
  /** Names the groups: rows of the same are measured together. */
  readonly groupsKey: string;
  readonly instanceId?: number | undefined;
}

export type PlannedRow = LeftRow | SpreadRow;

/** What becomes of a row, as far as it can be said of it alone. */
export function planRow(row: BilledRow, groups: readonly UseGroup[], map: CostMap): PlannedRow {
  const served = map.instancesOf(row.resourceId);
  if (!row.isCounted) {
    // Whatever it is: a purchase or a resource that serves nobody would count twice as well.
    const instanceId = served?.ids.length === 1 ? served.ids[0] : undefined;
    return { row, kind: 'unallocated', reason: 'otherScope', instanceId };
  }
  if (row.chargeType.toLowerCase() !== 'usage') {
    return { row, kind: 'other', reason: 'otherCharge' };
  }
  if (served === undefined || served.isNone) {
    return { row, kind: 'unmapped', reason: served === undefined ? 'unmappedResource' : 'servesNone' };
  }
  const instanceId = served.ids.length === 1 ? served.ids[0] : undefined;
  const left = (reason: ShareReason): LeftRow => ({ row, kind: 'unallocated', reason, instanceId });
  if (row.isFresh) {
    return left('tooFresh');
  }
  const meaning = map.meaningOf(row);
  if (meaning === undefined) {
    return left('unknownMeter');
  }
  if (meaning.isBatch) {
    return left('otherUse');
  }
  const used = groups.filter(
    ({ instanceId: user, modelIds }) =>
      served.ids.includes(user) && map.counts(meaning, row.resourceId, modelIds),
  );
  if (used.length === 0) {
    return left(meaning.direction === 'fixed' ? 'idle' : 'noUsage');
  }
  return { row, meaning, groups: used, groupsKey: used.map(({ key }) => key).join(), instanceId };
}
