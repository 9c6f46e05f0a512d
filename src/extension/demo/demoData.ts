import { dirname } from 'node:path';
import type * as vscode from 'vscode';
import { Mutex } from '../../sync/engine/mutex';
import { detailOf } from '../errors';
import type { Log } from '../log';
import type { DataSources } from '../sources/dataSources';
import { dataFolderAt } from '../../store/files/dataFolder';
import { demoMark, placeDemo, removeDemoFolder } from './demoFolder';
import { openDemo, type DemoSource } from './demoSource';
import { makeInThread, type DemoThread } from './demoThread';

/** What {@link DemoData} works with. */
export interface DemoDataParts {
  /** The mirror's data folder; the demo's lies in it. */
  readonly root: string;
  readonly sources: DataSources;
  readonly log: Log;
  /** Path of a bundle by its name. */
  readonly workerPath: (name: string) => string;
  readonly version: string;
  /** IANA name of the mirror's zone, which a new demo gets. */
  readonly zone: () => string;
}

/** The demo on disk and the source that this window has of it: the source follows the disk, whoever changes that. */
export class DemoData implements vscode.Disposable {
  /** One look or removal at a time. */
  readonly #gate = new Mutex();
  #source: DemoSource | undefined;
  #mark: string | undefined;
  #making: Promise<void> | undefined;

  constructor(private readonly parts: DemoDataParts) {}

  /** Opens a demo that came and closes one that went. A failure is logged: a demo is worth no message. */
  look(): Promise<void> {
    return this.#gate.run(async () => {
      try {
        await this.#follow();
      } catch (error) {
        this.parts.log.error(`Failed to read the demo data: ${detailOf(error)}`);
        this.#become(undefined, undefined);
      }
    });
  }

  /**
   * Makes the demo unless it is there. Who asks while it is being made waits for the same one.
   * @throws the signal's reason when cancelled; nothing is left on disk then, as after a failure
   */
  add(onProgress: DemoThread['onProgress'], signal: AbortSignal): Promise<void> {
    this.#making ??= this.#make(onProgress, signal).finally(() => {
      this.#making = undefined;
    });
    return this.#making;
  }

  /** Ends what reads the demo, then deletes it. */
  remove(): Promise<void> {
    return this.#gate.run(async () => {
      this.#become(undefined, undefined);
      await removeDemoFolder(this.parts.root);
    });
  }

  dispose(): void {
    this.#source?.dispose();
  }

  async #make(onProgress: DemoThread['onProgress'], signal: AbortSignal): Promise<void> {
    const { root, workerPath, version, zone } = this.parts;
    if ((await demoMark(root)) === undefined) {
      await placeDemo(root, (folder) =>
        makeInThread({
          workerPath: workerPath('demo'),
          order: { folder, distFolder: dirname(workerPath('writer')), zone: zone(), clientVersion: version },
          onProgress,
          signal,
        }),
      );
    }
    await this.look();
  }

  async #follow(): Promise<void> {
    const { root, workerPath, sources } = this.parts;
    const mark = await demoMark(root);
    if (mark === this.#mark) {
      // Whoever waits for the first look hears of it.
      sources.setDemo(this.#source);
      return;
    }
    this.#become(undefined, undefined);
    if (mark !== undefined) {
      this.#become(await openDemo(dataFolderAt(root).demo, workerPath), mark);
    }
  }

  #become(source: DemoSource | undefined, mark: string | undefined): void {
    const before = this.#source;
    this.#source = source;
    this.#mark = mark;
    this.parts.sources.setDemo(source);
    before?.dispose();
  }
}
