import { InvalidArgumentError } from 'commander';

/** Reads an option that is a whole number. @throws InvalidArgumentError, which commander words as wrong usage */
export function wholeNumber({ minimum, maximum }: { readonly minimum: number; readonly maximum: number }) {
  return (typed: string): number => {
    const value = Number(typed);
    if (!/^\d+$/.test(typed) || value < minimum || value > maximum) {
      throw new InvalidArgumentError(`Give a whole number from ${minimum} to ${maximum}.`);
    }
    return value;
  };
}
