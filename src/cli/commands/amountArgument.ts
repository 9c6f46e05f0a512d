import { InvalidArgumentError } from 'commander';

/** Reads an amount of money. What is wrong with a number is said when it is kept. @throws InvalidArgumentError */
export function amountArgument(typed: string): number {
  const value = typed.trim() === '' ? Number.NaN : Number(typed);
  if (Number.isNaN(value)) {
    throw new InvalidArgumentError('Give a number, such as 2.5.');
  }
  return value;
}
