import { InvalidArgumentError } from 'commander';

interface WholeNumbers {
  readonly minimum: number;
  /** Absent: as large as a number is exact. */
  readonly maximum?: number;
  /** A word that the option takes as well, with its quotes, for the sentence alone. */
  readonly also?: string;
}

/**
 * Reads an option that is a whole number, in decimal digits alone.
 * @throws InvalidArgumentError, which commander words as wrong usage
 */
export function wholeNumber({ minimum, maximum, also }: WholeNumbers) {
  const range = maximum === undefined ? `${minimum} on` : `${minimum} to ${maximum}`;
  return (typed: string): number => {
    const value = Number(typed);
    if (!/^\d+$/.test(typed) || value < minimum || value > (maximum ?? Number.MAX_SAFE_INTEGER)) {
      throw new InvalidArgumentError(
        `Give a whole number from ${range}${also === undefined ? '' : `, or ${also}`}.`,
      );
    }
    return value;
  };
}
