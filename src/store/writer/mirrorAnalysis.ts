import { editAnalysis, readAnalysis } from '../analysis/analysisFile';
import type { Analysis } from '../analysis/analysisTypes';
import type { MirrorFile } from './mirrorFile';
import { openedAnalysis } from './openedAnalysis';
import { writeAnalysis } from './writeAnalysis';

/** analysis.json beside the database that follows it. */
export class MirrorAnalysis {
  readonly #file: MirrorFile;
  /** As the file said when it was looked at last; undefined: the tables stay as they are. */
  #present: Analysis | undefined;

  constructor(file: MirrorFile) {
    this.#file = file;
  }

  /** Before anything else is written. */
  async open(): Promise<void> {
    const { folder, session } = this.#file;
    const present = await openedAnalysis(folder.root, session);
    if (present !== undefined) {
      this.apply(present);
    }
  }

  apply(analysis: Analysis): void {
    this.#file.change('rows', () => {
      writeAnalysis(this.#file.session, analysis);
    });
    this.#present = analysis;
  }

  /** After an instance has come to be: what names it may have waited. */
  applyAgain(): void {
    if (this.#present !== undefined) {
      this.apply(this.#present);
    }
  }

  /** Before something is removed for good: a file that cannot be used might name it. @throws AnalysisError */
  async edit(change: (analysis: Analysis) => Analysis): Promise<void> {
    this.#file.assertMayErase();
    const { root } = this.#file.folder;
    if ((await readAnalysis(root)) !== undefined) {
      this.apply(await editAnalysis(root, change));
    }
  }
}
