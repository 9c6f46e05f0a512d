/** An export that cannot be made as it was asked for; the message says what to change. Nothing was written. */
export class ExportError extends Error {
  override readonly name = 'ExportError';
}
