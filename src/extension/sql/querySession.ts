import { randomUUID } from 'node:crypto';
import type { QueryRunner, ResultSet, SqlParameters } from '../../store/resultSet';
import type { ResultHeader, ResultsPhase, ResultsState } from '../../webview/results/protocol';
import { isCancel } from '../errors';
import { headerOf } from './resultPages';
import type { Statement } from './statements';

interface Failure {
  readonly kind: 'failed';
  readonly statement: Statement;
  readonly error: unknown;
}

/** How a run ended; `replaced` by a newer run or by the end of the session, which is nobody's failure. */
export type QueryOutcome = { readonly kind: 'done' | 'cancelled' | 'replaced' } | Failure;

/** The error as the view says it; the caller knows the statement's place in its document. */
export type DescribeError = (statement: Statement, error: unknown) => string;

/** A statement with the values that its parameters have in this run. */
export interface StatementToRun extends Statement {
  readonly parameters?: SqlParameters | undefined;
}

interface Run {
  readonly abort: AbortController;
  readonly results: Map<string, ResultSet>;
  readonly headers: ResultHeader[];
}

const NOTHING_YET: ResultsState = { phase: 'empty', message: '', results: [] };

/** Runs statements one after another and holds the results of the newest run; knows no editor. */
export class QuerySession {
  readonly #runner: QueryRunner;
  readonly #rowLimit: () => number;
  readonly #onChange: (state: ResultsState) => void;
  #state = NOTHING_YET;
  #run: Run | undefined;

  /** `onChange` gets each new state at once; `rowLimit` is asked at each run. */
  constructor(runner: QueryRunner, rowLimit: () => number, onChange: (state: ResultsState) => void) {
    this.#runner = runner;
    this.#rowLimit = rowLimit;
    this.#onChange = onChange;
  }

  get state(): ResultsState {
    return this.#state;
  }

  get isRunning(): boolean {
    return this.#state.phase === 'running';
  }

  /** Runs the statements until one fails; a run under way is cancelled first. */
  async run(statements: readonly StatementToRun[], describeError: DescribeError): Promise<QueryOutcome> {
    this.#run?.abort.abort();
    const run: Run = { abort: new AbortController(), results: new Map(), headers: [] };
    this.#run = run;
    for (const [index, statement] of statements.entries()) {
      this.#show(run, 'running', runningInWords(index, statements.length));
      const outcome = await this.#runOne(run, statement);
      if (this.#run !== run) {
        return { kind: 'replaced' };
      }
      if (outcome.kind !== 'done') {
        this.#show(run, outcome.kind, endInWords(outcome, describeError));
        return outcome;
      }
    }
    this.#show(run, 'done', '');
    return { kind: 'done' };
  }

  /** Ends the run under way: its worker is terminated. Results of statements that ended before stay. */
  cancel(): void {
    this.#run?.abort.abort();
  }

  /** A result of the newest run, or undefined when a newer run replaced it. */
  result(id: string): ResultSet | undefined {
    return this.#run?.results.get(id);
  }

  dispose(): void {
    this.cancel();
    this.#run = undefined;
  }

  async #runOne(
    run: Run,
    statement: StatementToRun,
  ): Promise<{ readonly kind: 'done' } | { readonly kind: 'cancelled' } | Failure> {
    const limit = this.#rowLimit();
    try {
      const result = await this.#runner.run(statement.text, {
        limit,
        signal: run.abort.signal,
        ...(statement.parameters === undefined ? {} : { parameters: statement.parameters }),
      });
      const id = randomUUID();
      run.results.set(id, result);
      run.headers.push(headerOf(id, result, limit));
      return { kind: 'done' };
    } catch (error) {
      return isCancel(error) || run.abort.signal.aborted
        ? { kind: 'cancelled' }
        : { kind: 'failed', statement, error };
    }
  }

  #show(run: Run, phase: ResultsPhase, message: string): void {
    this.#state = { phase, message, results: [...run.headers] };
    this.#onChange(this.#state);
  }
}

function runningInWords(index: number, count: number): string {
  return count === 1 ? 'Running…' : `Running statement ${index + 1} of ${count}…`;
}

function endInWords(outcome: { readonly kind: 'cancelled' } | Failure, describeError: DescribeError): string {
  return outcome.kind === 'failed' ? describeError(outcome.statement, outcome.error) : 'Cancelled.';
}
