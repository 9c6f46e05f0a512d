import { randomUUID } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import type { ResultSet } from '../../store/resultSet';
import { isWhole, type Narrowing } from '../../webview/results/narrowing';
import type { Offer, ResultsState } from '../../webview/results/protocol';
import { isCancel, sentenceOf } from '../errors';
import type { RanStatements } from '../queries/ranStatements';
import {
  headerOf,
  heldResult,
  measuredAgain,
  shownStatement,
  type HeldResult,
  type ResultSource,
  type StatementToRun,
} from './heldResult';
import { MOST_SIZE, readWithin, type QueryLimits, type Work } from './limitedRead';
import type { BoundStatement } from './narrowedStatement';
import type { Failure, QueryOutcome, Run, RunOptions } from './queryRun';
import type { Restorable } from './restorable';
import { ResultShelf } from './resultShelf';
import {
  cancelledInWords,
  failureInWords,
  letGoInWords,
  runningInWords,
  titleOf,
  type Words,
} from './sessionWords';

/** What a session needs of its surroundings. */
export interface QuerySessionDeps {
  /** Asked at each run. */
  readonly limits: () => QueryLimits;
  /** Told of each statement that ended. */
  readonly ran: Pick<RanStatements, 'add'>;
  /** Gets each new state at once. */
  readonly onChange: (state: ResultsState) => void;
  /** A signal that fires after so many ms. */
  readonly deadline?: ((ms: number) => AbortSignal) | undefined;
}

const SHELF = { results: 20, size: MOST_SIZE };

const NOTHING_YET: Words = { phase: 'empty', message: '', offers: [] };

/** Runs statements one after another and holds their results: those of the newest run and pinned ones. Knows no editor. */
export class QuerySession {
  readonly #deps: QuerySessionDeps;
  readonly #shelf = new ResultShelf(SHELF);
  #words: Words = NOTHING_YET;
  #frontId: string | undefined;
  #run: Run | undefined;
  #renewal: (Work & { readonly resultId: string; readonly words: string }) | undefined;
  #letGo = 0;

  constructor(deps: QuerySessionDeps) {
    this.#deps = deps;
  }

  get state(): ResultsState {
    const results = this.#shelf.all.map(headerOf);
    return {
      ...this.#words,
      results,
      frontId: this.front?.id,
      busy: this.#renewal && { resultId: this.#renewal.resultId, words: this.#renewal.words },
    };
  }

  /** Whether something is at work that can be cancelled. */
  get isRunning(): boolean {
    return this.#words.phase === 'running' || this.#renewal !== undefined;
  }

  /** Runs the statements until one fails; a run under way is cancelled first. Results that are not pinned go. */
  run(statements: readonly StatementToRun[], options: RunOptions): Promise<QueryOutcome> {
    return this.#start(statements, options, this.#deps.limits());
  }

  /** Runs the statements of the last run again. */
  async runAgain(limits: Partial<QueryLimits> = {}): Promise<QueryOutcome> {
    return this.#run === undefined
      ? { kind: 'cancelled' }
      : this.#start(this.#run.statements, this.#run.options, { ...this.#deps.limits(), ...limits });
  }

  /** Runs the one statement of an earlier session, under the id that its page knows, in the order it was shown. */
  async restore(
    { id, title, statement, narrowing }: Restorable,
    source: ResultSource,
  ): Promise<QueryOutcome> {
    const whole = { start: 0, end: statement.length, text: statement };
    const options = {
      source,
      title,
      describeError: (_: StatementToRun, error: unknown) => sentenceOf(error),
    };
    const outcome = await this.#start([whole], options, this.#deps.limits(), id);
    if (outcome.kind === 'done' && !isWhole(narrowing)) {
      await this.narrow(id, narrowing);
    }
    return outcome;
  }

  /** Ends what is under way: its worker is terminated. Results that are there stay. */
  cancel(): void {
    this.#run?.abort.abort();
    this.#renewal?.abort.abort();
  }

  /** The result that the last run put before the reader's eyes. */
  get front(): HeldResult | undefined {
    const front = this.#frontId === undefined ? undefined : this.#shelf.find(this.#frontId);
    return front ?? this.#shelf.all.at(-1);
  }

  /** A result that is held, or undefined when it was closed or a newer run took its place. */
  held(id: string): HeldResult | undefined {
    return this.#shelf.find(id);
  }

  /** Holds a result that another session has read. */
  adopt(held: HeldResult): void {
    this.#shelf.put(held);
    this.#frontId = held.id;
    this.#say({ phase: 'done', message: '', offers: [] });
  }

  /** Shows other rows of a result, or in another order, by running its statement again. What goes wrong is said beside it. */
  async narrow(id: string, narrowing: Narrowing): Promise<void> {
    const held = this.#shelf.find(id);
    if (held === undefined) {
      return;
    }
    if (isWhole(narrowing)) {
      this.#renewal?.abort.abort();
      this.#replace({ ...held, narrowing, shown: held.original });
      return;
    }
    const words = l10n.t('Sorting and filtering…');
    await this.#renew(held, words, { limits: this.#deps.limits() }, async (read) => {
      const wished = { ...held, narrowing };
      return { ...wished, shown: await read(shownStatement(wished), held.limit) };
    });
  }

  /** Reads a result again without the limit of rows. */
  async showAll(id: string): Promise<void> {
    const held = this.#shelf.find(id);
    if (held === undefined) {
      return;
    }
    await this.#renew(held, l10n.t('Reading all rows…'), { limits: this.#deps.limits() }, async (read) => {
      const original = await read(held.statement, Infinity);
      const all = { ...held, limit: Infinity, original };
      const shown = isWhole(held.narrowing) ? original : await read(shownStatement(all), Infinity);
      return { ...all, shown };
    });
  }

  /** A pinned result survives later runs. */
  pin(id: string, isPinned: boolean): void {
    const held = this.#shelf.find(id);
    if (held !== undefined) {
      this.#shelf.put({ ...held, isPinned });
      this.#changed();
    }
  }

  close(id: string): void {
    this.#shelf.close(id);
    if (this.#shelf.all.length === 0 && this.#words.phase === 'done') {
      this.#words = NOTHING_YET;
    }
    this.#changed();
  }

  /** Says something in place of a result that an earlier session had. */
  offerToRestore(message: string, offers: readonly Offer[]): void {
    this.#say({ phase: 'restored', message, offers });
  }

  dispose(): void {
    this.cancel();
    this.#run = undefined;
    this.#renewal = undefined;
  }

  async #start(
    statements: readonly StatementToRun[],
    options: RunOptions,
    limits: QueryLimits,
    id?: string,
  ): Promise<QueryOutcome> {
    this.cancel();
    this.#renewal = undefined;
    const { deadline } = this.#deps;
    const run: Run = { statements, options, limits, deadline, abort: new AbortController() };
    this.#run = run;
    this.#letGo = 0;
    this.#shelf.clear();
    this.#frontId = undefined;
    for (const [index, statement] of statements.entries()) {
      this.#say({ phase: 'running', message: runningInWords(index, statements.length), offers: [] });
      const outcome = await this.#runOne(
        run,
        statement,
        id ?? randomUUID(),
        titleOf(options.title, index, statements.length),
      );
      if (this.#run !== run) {
        return { kind: 'replaced' };
      }
      if (outcome.kind !== 'done') {
        this.#say(
          outcome.kind === 'cancelled'
            ? cancelledInWords()
            : failureInWords(outcome.error, options.describeError(outcome.statement, outcome.error)),
        );
        return outcome;
      }
    }
    this.#say({ phase: 'done', message: letGoInWords(this.#letGo, SHELF), offers: [] });
    return { kind: 'done' };
  }

  async #runOne(
    run: Run,
    statement: StatementToRun,
    id: string,
    title: string,
  ): Promise<{ readonly kind: 'done' } | { readonly kind: 'cancelled' } | Failure> {
    const { source } = run.options;
    const startedAt = Date.now();
    const tell = (ended: {
      readonly rowCount: number | undefined;
      readonly error: string | undefined;
    }): void =>
      this.#deps.ran.add({
        sql: statement.text,
        sourceId: source.sourceId,
        startedAt,
        elapsedMs: Date.now() - startedAt,
        ...ended,
      });
    try {
      const original = await readWithin(run, source, statement, run.limits.rows);
      if (this.#run === run) {
        this.#letGo += this.#shelf.put(
          heldResult({ id, title, statement, source, limit: run.limits.rows, original }),
        );
        this.#frontId ??= id;
      }
      tell({ rowCount: original.rowCount, error: undefined });
      return { kind: 'done' };
    } catch (error) {
      if (isCancel(error)) {
        return { kind: 'cancelled' };
      }
      tell({ rowCount: undefined, error: sentenceOf(error) });
      return { kind: 'failed', statement, error };
    }
  }

  /** Reads rows of a result that is held; the result stays as it was when it fails. */
  async #renew(
    held: HeldResult,
    words: string,
    { limits }: Pick<Work, 'limits'>,
    work: (read: (statement: BoundStatement, limit: number) => Promise<ResultSet>) => Promise<HeldResult>,
  ): Promise<void> {
    this.#renewal?.abort.abort();
    const { deadline } = this.#deps;
    const renewal = { resultId: held.id, words, limits, deadline, abort: new AbortController() };
    this.#renewal = renewal;
    this.#changed();
    let renewed: HeldResult;
    try {
      renewed = await work((statement, limit) => readWithin(renewal, held.source, statement, limit));
    } catch (error) {
      renewed = { ...held, problem: isCancel(error) ? undefined : sentenceOf(error) };
    }
    if (this.#renewal === renewal) {
      this.#renewal = undefined;
      this.#replace(renewed);
    }
  }

  #replace(result: HeldResult): void {
    const held = this.#shelf.find(result.id);
    if (held === undefined) {
      this.#changed();
      return;
    }
    const { isPinned, revision } = held;
    const isSame = result.shown === held.shown;
    this.#shelf.put({
      ...(isSame ? result : { ...measuredAgain(result), problem: undefined }),
      isPinned,
      revision: isSame ? revision : revision + 1,
    });
    this.#changed();
  }

  #say(words: Words): void {
    this.#words = words;
    this.#changed();
  }

  #changed(): void {
    this.#deps.onChange(this.state);
  }
}
