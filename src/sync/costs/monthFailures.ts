import type { CostType } from '../../store/costs/costTypes';
import type { AzureError, AzureFailure } from '../azure/azureErrors';
import { givenUpNote, keptNote } from './notes';
import type { PlannedPart } from './plan';

/** Months in a row that fail alone before a run gives up; refused months of one view before that view is given up. */
const MOST_FAILURES = 2;
/** What Azure answers where it has no such view of a scope: amortized cost is not of every agreement. */
const REFUSALS: ReadonlySet<AzureFailure> = new Set(['query', 'forbidden']);

interface FailedPart {
  readonly part: PlannedPart;
  readonly error: AzureError;
}

/** The months of a run that could not be read, while others could. */
export class MonthFailures {
  readonly #failed: FailedPart[] = [];
  readonly #read = new Set<CostType>();
  #inARow = 0;

  /** A part was read. */
  end({ costType }: PlannedPart): void {
    this.#read.add(costType);
    this.#inARow = 0;
  }

  /** A part failed alone. */
  add(part: PlannedPart, error: AzureError): void {
    this.#failed.push({ part, error });
    this.#inARow += 1;
  }

  /** Whether anything was read. */
  get hasRead(): boolean {
    return this.#read.size > 0;
  }

  /** Whether other months will fail too. */
  get areTooMany(): boolean {
    return this.#inARow >= MOST_FAILURES;
  }

  /** Whether Azure refuses this view of the cost throughout: it is not asked for in further months. */
  isGivenUp(costType: CostType): boolean {
    const refused = this.#of(costType).filter(({ error }) => REFUSALS.has(error.kind));
    return !this.#read.has(costType) && refused.length >= MOST_FAILURES;
  }

  get firstError(): string | undefined {
    return this.#failed[0]?.error.message;
  }

  /** One for each month, or one for a view that was given up. */
  get notes(): readonly string[] {
    const notes = this.#failed.map(({ part, error }) =>
      this.isGivenUp(part.costType)
        ? givenUpNote(part.costType, this.#of(part.costType)[0]?.error.message ?? error.message)
        : keptNote(part, error.message),
    );
    return [...new Set(notes)];
  }

  #of(costType: CostType): readonly FailedPart[] {
    return this.#failed.filter(({ part }) => part.costType === costType);
  }
}
