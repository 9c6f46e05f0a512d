/** A warehouse that cannot be used as it is asked for; the message says why and what to do. */
export class WarehouseError extends Error {
  override readonly name = 'WarehouseError';
}

/** Another push to the same warehouse is under way. */
export class WarehouseBusyError extends Error {
  override readonly name = 'WarehouseBusyError';
}

/** `warehouses.json` holds something else than it should; the file was left as it is. */
export class WarehousesFileError extends Error {
  override readonly name = 'WarehousesFileError';
}
