import { randomUUID } from 'node:crypto';
import type { ResultSet, SqlParameters } from '../../store/resultSet';
import type { ResultHeader, ResultsPhase, ResultsState } from '../../webview/results/protocol';
import { isCancel, sentenceOf } from '../errors';
import type { RanStatements } from '../queries/ranStatements';
import type { DataSource } from '../sources/dataSource';
import { headerOf } from './resultPages';
import type { Statement } from '../sql/statements';

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

/** Where statements are run and how their errors are said. */
export interface RunOptions {
  readonly source: Pick<DataSource, 'sourceId' | 'queries'>;
  readonly describeError: DescribeError;
  /** What the result is called; the statement's number without it. */
  readonly title?: string | undefined;
}

/** What a session needs of its surroundings. */
export interface QuerySessionDeps {
  /** Rows of a result at most; asked at each run. */
  readonly rowLimit: () => number;
  /** Told of each statement that ended. */
  readonly ran: Pick<RanStatements, 'add'>;
  /** Gets each new state at once. */
  readonly onChange: (state: ResultsState) => void;
}

interface Run {
  readonly options: RunOptions;
  readonly abort: AbortController;
  readonly results: Map<string, ResultSet>;
  readonly headers: ResultHeader[];
}

const NOTHING_YET: ResultsState = { phase: 'empty', message: '', results: [] };

/** Runs statements one after another and holds the results of the newest run; knows no editor. */
export class QuerySession {
  readonly #deps: QuerySessionDeps;
  #state = NOTHING_YET;
  #run: Run | undefined;

  constructor(deps: QuerySessionDeps) {
    this.#deps = deps;
  }

  get state(): ResultsState {
    return this.#state;
  }

  get isRunning(): boolean {
    return this.#state.phase === 'running';
  }

  /** Runs the statements until one fails; a run under way is cancelled first. */
  async run(statements: readonly StatementToRun[], options: RunOptions): Promise<QueryOutcome> {
    this.#run?.abort.abort();
    const run: Run = { options, abort: new AbortController(), results: new Map(), headers: [] };
    this.#run = run;
    for (const [index, statement] of statements.entries()) {
      this.#show(run, 'running', runningInWords(index, statements.length));
      const outcome = await this.#runOne(run, statement);
      if (this.#run !== run) {
        return { kind: 'replaced' };
      }
      if (outcome.kind !== 'done') {
        this.#show(run, outcome.kind, endInWords(outcome, options.describeError));
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
    const limit = this.#deps.rowLimit();
    const { sourceId, queries } = run.options.source;
    const startedAt = Date.now();
    const tell = (ended: {
      readonly rowCount: number | undefined;
      readonly error: string | undefined;
    }): void =>
      this.#deps.ran.add({
        sql: statement.text,
        sourceId,
        startedAt,
        elapsedMs: Date.now() - startedAt,
        ...ended,
      });
    try {
      const result = await queries.run(statement.text, {
        limit,
        signal: run.abort.signal,
        ...(statement.parameters === undefined ? {} : { parameters: statement.parameters }),
      });
      const id = randomUUID();
      run.results.set(id, result);
      run.headers.push(headerOf(id, result, limit));
      tell({ rowCount: result.rowCount, error: undefined });
      return { kind: 'done' };
    } catch (error) {
      if (isCancel(error) || run.abort.signal.aborted) {
        return { kind: 'cancelled' };
      }
      tell({ rowCount: undefined, error: sentenceOf(error) });
      return { kind: 'failed', statement, error };
    }
  }

  #show(run: Run, phase: ResultsPhase, message: string): void {
    this.#state = { phase, message, results: [...run.headers] };
    this.#deps.onChange(this.#state);
  }
}

function runningInWords(index: number, count: number): string {
  return count === 1 ? 'Running…' : `Running statement ${index + 1} of ${count}…`;
}

function endInWords(outcome: { readonly kind: 'cancelled' } | Failure, describeError: DescribeError): string {
  return outcome.kind === 'failed' ? describeError(outcome.statement, outcome.error) : 'Cancelled.';
}
