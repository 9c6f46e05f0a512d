import { CliError } from '../exitCodes';

/** Takes back what was done when something after it fails, the newest first. */
export class Undo {
  readonly #steps: (() => Promise<void>)[] = [];

  /** Notes how to take back what was just done. */
  add(step: () => Promise<void>): void {
    this.#steps.push(step);
  }

  /** Runs work that adds steps; when it fails, all of them are taken back and the failure goes on. */
  async orAll<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const left: unknown[] = [];
      for (const step of this.#steps.reverse()) {
        await step().catch((problem: unknown) => left.push(problem));
      }
      throw left.length === 0 ? error : withLeft(error, left);
    }
  }
}

function withLeft(error: unknown, left: readonly unknown[]): Error {
  const message = [error, ...left].map((one) => (one instanceof Error ? one.message : String(one))).join(' ');
  return new CliError(
    `${message} Not all could be taken back.`,
    error instanceof CliError ? error.exitCode : undefined,
  );
}
