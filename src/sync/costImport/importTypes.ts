import type { CostType, CurrencyTotal } from '../../store/costs/costTypes';
import type { CostConnection } from '../../store/costs/costConnection';
import type { SyncLocker } from '../engine/coordinatorTypes';
import type { CostStore } from '../costs/costSyncTypes';

/** Rows of costs that are kept of one file: far more than a year of a large subscription has by day, resource and meter. */
export const MOST_ROWS = 1_000_000;

/** A file that cannot be imported; the message says where and why. Nothing was written. */
export class CostFileError extends Error {
  override readonly name = 'CostFileError';
}

export interface CostImportRequest {
  /** A Cost Management export or FOCUS file: `.csv`, `.csv.gz`, `.zip`; its manifest, or all of its parts. */
  readonly paths: readonly string[];
  /** Named so where costs are listed; default: the subscription's own name, or its id. */
  readonly name?: string | undefined;
  /** The scope of the export, where it is a part of a subscription such as a resource group; default: as the rows say. */
  readonly scope?: string | undefined;
  /** Which cost an export holds; default: as the file tells. FOCUS files hold both. */
  readonly costType?: CostType | undefined;
}

export interface CostImportDeps {
  readonly locker: SyncLocker;
  readonly openWriter: () => Promise<CostStore>;
  /** What is read of Azure: the same cost must not count twice. */
  readonly connections: readonly CostConnection[];
  /** ms since 1970. */
  readonly now: () => number;
}

/** What became of the rows of one subscription and cost type. */
export interface ImportedScope {
  readonly scope: string;
  readonly name: string;
  readonly costType: CostType;
  /** `YYYY-MM`, oldest first. */
  readonly months: readonly string[];
  /** What the file's rows add up to. */
  readonly totals: readonly CurrencyTotal[];
  readonly rowsSeen: number;
  /** Added, changed or marked deleted; 0: the same was imported before. */
  readonly rowsChanged: number;
  readonly restatedDays: number;
}

export interface CostImportResult {
  /** Rows of the file. */
  readonly rows: number;
  readonly dialect: 'azure' | 'focus';
  readonly scopes: readonly ImportedScope[];
}
