import type { NamedCostRun } from './costController';

/** What of the timer's cost runs is worth a message: a failure once, until its scope was read or fails for another reason. */
export class CostNews {
  readonly #told = new Map<string, string>();

  /** The runs to tell about. Azure's throttling is no failure: the next run goes on. */
  of(runs: readonly NamedCostRun[]): readonly NamedCostRun[] {
    return runs.filter(({ run, connection }) => {
      if (run.status === 'ok') {
        this.#told.delete(connection.id);
      }
      const reason = run.error ?? run.status;
      const isNew =
        (run.status === 'failed' || run.status === 'partial') && this.#told.get(connection.id) !== reason;
      if (isNew) {
        this.#told.set(connection.id, reason);
      }
      return isNew;
    });
  }
}
