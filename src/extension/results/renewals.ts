import * as l10n from '@vscode/l10n';
import type { ResultSet } from '../../store/resultSet';
import { isWhole, type Narrowing } from '../../webview/results/narrowing';
import type { ResultsState } from '../../webview/results/protocol';
import { isCancel, sentenceOf } from '../errors';
import { measuredAgain, shownStatement, type HeldResult } from './heldResult';
import { readWithin, type QueryLimits, type Work } from './limitedRead';
import type { BoundStatement } from './narrowedStatement';
import type { ResultShelf } from './resultShelf';

export interface RenewalDeps {
  readonly shelf: ResultShelf;
  /** Asked each time. */
  readonly limits: () => QueryLimits;
  readonly deadline?: Work['deadline'];
  /** Gets each failure, which is said beside the result, for the log. */
  readonly onFailure: (error: unknown) => void;
  /** Something that pages show is another. */
  readonly onChange: () => void;
}

type Renewal = Work & NonNullable<ResultsState['busy']>;

type Read = (statement: BoundStatement, limit: number) => Promise<ResultSet>;

/** Reads results on the shelf anew: sorted, filtered, or whole. A newer wish ends the one under way. */
export class Renewals {
  readonly #deps: RenewalDeps;
  #current: Renewal | undefined;

  constructor(deps: RenewalDeps) {
    this.#deps = deps;
  }

  /** What is being read. */
  get busy(): ResultsState['busy'] {
    return this.#current && { resultId: this.#current.resultId, words: this.#current.words };
  }

  /** Ends what is under way; its result stays as it was. */
  cancel(): void {
    this.#current?.abort.abort();
  }

  /** The same, and whatever comes of it concerns nobody. */
  drop(): void {
    this.cancel();
    this.#current = undefined;
  }

  /** Shows other rows of a result, or in another order, by running its statement again. What goes wrong is said beside it. */
  async narrow(held: HeldResult, narrowing: Narrowing): Promise<void> {
    if (isWhole(narrowing)) {
      this.cancel();
      this.#replace({ ...held, narrowing, shown: held.original });
      return;
    }
    await this.#renew(held, l10n.t('Sorting and filtering…'), async (read) => {
      const wished = { ...held, narrowing };
      return { ...wished, shown: await read(shownStatement(wished), held.limit) };
    });
  }

  /** Reads a result again without the limit of rows. */
  async showAll(held: HeldResult): Promise<void> {
    await this.#renew(held, l10n.t('Reading all rows…'), async (read) => {
      const original = await read(held.statement, Infinity);
      const all = { ...held, limit: Infinity, original };
      const shown = isWhole(held.narrowing) ? original : await read(shownStatement(all), Infinity);
      return { ...all, shown };
    });
  }

  async #renew(held: HeldResult, words: string, work: (read: Read) => Promise<HeldResult>): Promise<void> {
    this.cancel();
    const { limits, deadline, onChange, onFailure } = this.#deps;
    const renewal: Renewal = {
      resultId: held.id,
      words,
      limits: limits(),
      deadline,
      abort: new AbortController(),
    };
    this.#current = renewal;
    onChange();
    let renewed: HeldResult;
    try {
      renewed = await work((statement, limit) => readWithin(renewal, held.source, statement, limit));
    } catch (error) {
      const isFailure = !isCancel(error);
      if (isFailure) {
        onFailure(error);
      }
      renewed = { ...held, problem: isFailure ? sentenceOf(error) : undefined };
    }
    if (this.#current === renewal) {
      this.#current = undefined;
      this.#replace(renewed);
    }
  }

  /** The result may have been pinned or closed in the meantime. */
  #replace(result: HeldResult): void {
    const { shelf, onChange } = this.#deps;
    const held = shelf.find(result.id);
    if (held !== undefined) {
      const { isPinned, revision } = held;
      const isSame = result.shown === held.shown;
      shelf.put({
        ...(isSame ? result : { ...measuredAgain(result), problem: undefined }),
        isPinned,
        revision: isSame ? revision : revision + 1,
      });
    }
    onChange();
  }
}
