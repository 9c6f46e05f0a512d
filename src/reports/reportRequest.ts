import type { ReportSettings } from './reportSettings';

/** What somebody asks of a report, and when and where. */
export interface ReportRequest {
  readonly settings: ReportSettings;
  /** Seconds since 1970 (UTC): what "today" is. */
  readonly now: number;
  /** IANA name of the mirror's zone, which the days of the database are in. */
  readonly zone: string;
  /** BCP 47 name for numbers and dates. */
  readonly locale: string;
  /** The warehouse that is read; absent: the mirror, or the demo. */
  readonly warehouse?: ReadWarehouse | undefined;
}

/** A warehouse that numbers are read from. */
export interface ReadWarehouse {
  readonly name: string;
  /** When its rows came from the mirror, in seconds since 1970. */
  readonly pushedAt: number;
}

/** What a warehouse says of itself before a report is made of it. */
export type ReadFrom = Pick<ReportRequest, 'zone' | 'warehouse'>;
