/** What the extension and the thread that makes the demo's data say to each other. Types only: nothing of this folder loads with the extension. */
import type { RunProgress } from '../sync/engine/syncTypes';

/** Handed over as `workerData`. */
export interface DemoOrder {
  /** Where the data folder is made; nothing is there yet. */
  readonly folder: string;
  /** Folder of the product's bundles. */
  readonly distFolder: string;
  /** IANA name of the zone that days and hours are in. */
  readonly zone: string;
  /** Version of this product, kept with each run. */
  readonly clientVersion: string;
}

/** How far it is. The thread's end without an error says that all is there. */
export interface DemoProgress {
  readonly type: 'progress';
  readonly running: readonly RunProgress[];
}
