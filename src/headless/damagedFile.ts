/** A file below `cli/` does not hold what it must; installing again puts another in its place. */
export class DamagedFileError extends Error {
  override readonly name = 'DamagedFileError';
  constructor(path: string, reason: string) {
    super(`${path} cannot be used: ${reason}. Run: schedule install`);
  }
}
