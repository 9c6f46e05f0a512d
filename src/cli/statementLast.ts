/** Begins like an option, and is none: no name of an option has a blank in it. */
const COMMENTED = /^--[^\s=]*\s/u;

/**
 * The arguments of the process, where a statement of `query` that begins with a comment stands behind `--`, so that it is
 * not taken for an option.
 */
export function statementLast(argv: readonly string[]): readonly string[] {
  const index = argv.findIndex((word) => COMMENTED.test(word));
  const statement = argv[index];
  return argv[2] !== 'query' || statement === undefined || argv.includes('--')
    ? argv
    : [...argv.toSpliced(index, 1), '--', statement];
}
