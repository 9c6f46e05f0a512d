/** What helps; whoever tells of a failure knows by which command or button it is done. */
export type WarehouseRemedy =
  | 'push'
  /** A push that makes the warehouse follow a mirror that was restored. */
  | 'pushAfterRestore'
  /** Nobody is let in with the one that is known, or none is. */
  | 'otherPassword'
  | 'passwordApart'
  | 'tlsApart';

/** A warehouse that cannot be used as it is asked for; the message says why and what to do. */
export class WarehouseError extends Error {
  override readonly name = 'WarehouseError';
  readonly remedy: WarehouseRemedy | undefined;
  /** Name of the one that the remedy is for, where it has one already. */
  readonly warehouse: string | undefined;

  constructor(
    message: string,
    {
      remedy,
      warehouse,
      ...options
    }: ErrorOptions & { readonly remedy?: WarehouseRemedy; readonly warehouse?: string } = {},
  ) {
    super(message, options);
    this.remedy = remedy;
    this.warehouse = warehouse;
  }
}

/** What helps with a failure; told by its property, since the bundle that speaks to warehouses has classes of its own. */
export function remedyOf(error: unknown): WarehouseRemedy | undefined {
  return hasRemedy(error) ? error.remedy : undefined;
}

/** Whether a failure tells what helps, and which warehouse. */
export function hasRemedy(error: unknown): error is Pick<WarehouseError, 'remedy' | 'warehouse'> {
  return error instanceof Error && 'remedy' in error;
}

/** Another push to the same warehouse is under way. */
export class WarehouseBusyError extends Error {
  override readonly name = 'WarehouseBusyError';
}

/** `warehouses.json` holds something else than it should; the file was left as it is. */
export class WarehousesFileError extends Error {
  override readonly name = 'WarehousesFileError';
}
