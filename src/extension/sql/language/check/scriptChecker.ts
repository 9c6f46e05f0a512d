import { NoDatabaseError } from '../../../../store/errors';
import type { SqlError, StatementCheck } from '../../../../store/resultSet';
import { splitStatements, type Statement } from '../../statements';

/** Time without a change after which a script is checked, in ms. */
export const QUIET_MS = 300;
/** Statements of a script that are checked. */
export const MOST_STATEMENTS = 50;

/** A statement that would not run. */
export interface Finding {
  readonly statement: Statement;
  readonly error: SqlError;
}

export interface ScriptCheckerDeps {
  /** Compiles a statement. @throws NoDatabaseError while there is nothing to compile against. */
  readonly check: (sql: string) => Promise<Pick<StatementCheck, 'error'>>;
  /** While a person's query runs, nothing else is asked of its worker. */
  readonly isBusy: () => boolean;
  /** Runs work after so many ms. @returns what stops it */
  readonly after: (ms: number, work: () => void) => () => void;
  /** Gets what was found in the newest text of a script; nothing without a database. */
  readonly onFindings: (script: string, findings: readonly Finding[]) => void;
  readonly onError: (error: unknown) => void;
}

/** Checks scripts while they are typed: each change starts the wait anew, and what was found in an older text is dropped. */
export class ScriptChecker {
  readonly #deps: ScriptCheckerDeps;
  /** Scripts that wait or are being checked. */
  readonly #open = new Map<string, { readonly text: string; readonly stop: () => void }>();

  constructor(deps: ScriptCheckerDeps) {
    this.#deps = deps;
  }

  /** @param script names it, such as by its address */
  changed(script: string, text: string): void {
    this.closed(script);
    const stop = this.#deps.after(QUIET_MS, () => this.#start(script));
    this.#open.set(script, { text, stop });
  }

  /** Nothing is said of this script any more. */
  closed(script: string): void {
    this.#open.get(script)?.stop();
    this.#open.delete(script);
  }

  /** Call it when a query has ended: what waited for it is checked. */
  resume(): void {
    for (const [script, { text }] of [...this.#open]) {
      this.changed(script, text);
    }
  }

  dispose(): void {
    for (const script of [...this.#open.keys()]) {
      this.closed(script);
    }
  }

  #start(script: string): void {
    if (!this.#deps.isBusy()) {
      void this.#check(script).catch((error: unknown) => this.#deps.onError(error));
    }
  }

  async #check(script: string): Promise<void> {
    const work = this.#open.get(script);
    if (work === undefined) {
      return;
    }
    const findings = await this.#findings(work.text, () => this.#open.get(script) === work);
    if (this.#open.get(script) === work && findings !== undefined) {
      this.#open.delete(script);
      this.#deps.onFindings(script, findings);
    }
  }

  /** undefined: something newer came, or a query that goes first. */
  async #findings(text: string, isNewest: () => boolean): Promise<Finding[] | undefined> {
    const findings: Finding[] = [];
    try {
      for (const statement of splitStatements(text).slice(0, MOST_STATEMENTS)) {
        if (!isNewest() || this.#deps.isBusy()) {
          return undefined;
        }
        const { error } = await this.#deps.check(statement.text);
        if (error !== undefined) {
          findings.push({ statement, error });
        }
      }
      return findings;
    } catch (error) {
      if (error instanceof NoDatabaseError) {
        return [];
      }
      throw error;
    }
  }
}
