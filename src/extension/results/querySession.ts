import { randomUUID } from 'node:crypto';
import { isWhole, type Narrowing } from '../../webview/results/narrowing';
import type { Offer, ResultsState } from '../../webview/results/protocol';
import { sentenceOf } from '../errors';
import type { RanStatements } from '../queries/ranStatements';
import { headerOf, heldResult, type HeldResult, type ResultSource, type StatementToRun } from './heldResult';
import { MOST_SIZE, type QueryLimits } from './limitedRead';
import { runStatement, type QueryOutcome, type Run, type RunOptions } from './queryRun';
import { Renewals } from './renewals';
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
  /** Gets each failure that is said beside the results, for the log. */
  readonly onFailure: (error: unknown) => void;
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
  readonly #renewals: Renewals;
  #words: Words = NOTHING_YET;
  #frontId: string | undefined;
  #run: Run | undefined;

  constructor(deps: QuerySessionDeps) {
    this.#deps = deps;
    this.#renewals = new Renewals({ ...deps, shelf: this.#shelf, onChange: () => this.#changed() });
  }

  get state(): ResultsState {
    const results = this.#shelf.all.map(headerOf);
    return {
      ...this.#words,
      results,
      frontId: this.front?.id,
      busy: this.#renewals.busy,
    };
  }

  /** Whether something is at work that can be cancelled. */
  get isRunning(): boolean {
    return this.#words.phase === 'running' || this.#renewals.busy !== undefined;
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
    this.#renewals.cancel();
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

  /** Shows other rows of a result, or in another order. */
  async narrow(id: string, narrowing: Narrowing): Promise<void> {
    const held = this.#shelf.find(id);
    if (held !== undefined) {
      await this.#renewals.narrow(held, narrowing);
    }
  }

  /** Reads a result again without the limit of rows. */
  async showAll(id: string): Promise<void> {
    const held = this.#shelf.find(id);
    if (held !== undefined) {
      await this.#renewals.showAll(held);
    }
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
    this.#renewals.drop();
  }

  async #start(
    statements: readonly StatementToRun[],
    options: RunOptions,
    limits: QueryLimits,
    id?: string,
  ): Promise<QueryOutcome> {
    this.cancel();
    this.#renewals.drop();
    const { deadline, ran, onFailure } = this.#deps;
    const run: Run = { statements, options, limits, deadline, abort: new AbortController() };
    this.#run = run;
    this.#shelf.clear();
    this.#frontId = undefined;
    let letGo = 0;
    for (const [index, statement] of statements.entries()) {
      this.#say({ phase: 'running', message: runningInWords(index, statements.length), offers: [] });
      const outcome = await runStatement(run, statement, ran);
      if (this.#run !== run) {
        return { kind: 'replaced' };
      }
      if (outcome.kind === 'failed') {
        onFailure(outcome.error);
      }
      if (outcome.kind !== 'done') {
        this.#say(
          outcome.kind === 'cancelled'
            ? cancelledInWords()
            : failureInWords(outcome.error, options.describeError(outcome.statement, outcome.error)),
        );
        return outcome;
      }
      const result = heldResult({
        id: id ?? randomUUID(),
        title: titleOf(options.title, index, statements.length),
        statement,
        source: options.source,
        limit: limits.rows,
        original: outcome.rows,
      });
      letGo += this.#shelf.put(result);
      this.#frontId ??= result.id;
    }
    this.#say({ phase: 'done', message: letGoInWords(letGo, SHELF), offers: [] });
    return { kind: 'done' };
  }

  #say(words: Words): void {
    this.#words = words;
    this.#changed();
  }

  #changed(): void {
    this.#deps.onChange(this.state);
  }
}
