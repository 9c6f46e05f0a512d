import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { CompanyName } from '../../../src/sample/company/company';
import type { SampleServer } from '../../../src/sample/server';
import { offerSeed } from '../../../scripts/lib/seedFile.mjs';
import { takeFailurePicture } from './pictures';
import { startCompany } from './sample';
import { VsCode } from './vsCode';

/** For suites that need a synced mirror and are not about the sync. */
export const withoutPauses = { 'openwebuiSync.requests.delaySeconds': 0 };

/** What a suite starts: sample servers and one VS Code. Made inside `describe`, it ends them after the last test. */
export class Stage {
  readonly #closers: (() => Promise<unknown>)[] = [];
  #vsCode: VsCode | undefined;

  constructor() {
    const keepPicture = (test: Mocha.Test | undefined): Promise<void> => this.#keepPicture(test);
    afterEach(function () {
      return keepPicture(this.currentTest);
    });
    after(() => this.#close());
  }

  /** Starts one of the demo's companies; see {@link startCompany}. */
  async company(name: CompanyName, options?: Parameters<typeof startCompany>[1]): Promise<SampleServer> {
    const server = await startCompany(name, options);
    this.#closers.push(() => server.close());
    return server;
  }

  /**
   * Opens a VS Code; it finds the given instances at its start and syncs them, as after `npm start`.
   * @param settings of the user, in force from the start
   */
  async open(
    servers: Readonly<Record<string, SampleServer>> = {},
    settings: Readonly<Record<string, unknown>> = {},
  ): Promise<VsCode> {
    const instances = Object.entries(servers).map(([name, { url, apiKey }]) => ({ name, url, apiKey }));
    const env = instances.length === 0 ? {} : { OPENWEBUI_SYNC_SEED_FILE: this.#offer(instances) };
    const vsCode = await VsCode.open(env, settings);
    this.#vsCode = vsCode;
    this.#closers.push(() => vsCode.close());
    return vsCode;
  }

  #offer(instances: Parameters<typeof offerSeed>[0]): string {
    const { file } = offerSeed(instances);
    this.#closers.push(() => rm(dirname(file), { recursive: true, force: true }));
    return file;
  }

  async #keepPicture(test: Mocha.Test | undefined): Promise<void> {
    if (test?.state === 'failed' && this.#vsCode !== undefined) {
      await takeFailurePicture(this.#vsCode, test.title);
    }
  }

  async #close(): Promise<void> {
    for (const close of this.#closers.reverse()) {
      await close();
    }
  }
}
