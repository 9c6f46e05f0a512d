import * as l10n from '@vscode/l10n';
import { MalformedChatError } from './records';
import { SqlError } from './resultSet';

/** Thrown by every call after another process published first: reopen and start the run again. */
export class PublishConflictError extends Error {
  override readonly name = 'PublishConflictError';
}

/** Nothing was published yet. */
export class NoDatabaseError extends Error {
  override readonly name = 'NoDatabaseError';
  constructor(message = l10n.t('There is no database yet. Add an instance and run a sync first.')) {
    super(message);
  }
}

/** The database was written by a newer version of the product. */
export class NewerDatabaseError extends Error {
  override readonly name = 'NewerDatabaseError';
  constructor(
    message = l10n.t(
      'The database was written by a newer version of OpenWebUI Sync. Update this one, then restart it.',
    ),
  ) {
    super(message);
  }
}

/** A file of an older schema could not be brought up to date; it was left as it is. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

/** A backup cannot be restored; the message says why. Nothing was changed. */
export class RestoreError extends Error {
  override readonly name = 'RestoreError';
}

/** The mirror has reached its largest size; nothing of the failed call was written. */
export class MirrorFullError extends Error {
  override readonly name = 'MirrorFullError';
}

/** The mirror of an instance holds more than its privacy mode allows; nothing may be added before that is removed. */
export class NotPurgedError extends Error {
  override readonly name = 'NotPurgedError';
}

/** A file with the text of older messages is missing or damaged; the message names it and says what to do. */
export class TextFileError extends Error {
  override readonly name = 'TextFileError';
}

/** @param lack what is wrong with which file, such as `the file content/0003-….db is missing` */
export function unreadableText(lack: string): TextFileError {
  return new TextFileError(l10n.t('Older messages cannot be read: {0}. Run "Check Database".', lack));
}

/** SQLite's memory may be inconsistent: nothing of this connection may be exported. Close it and open again. */
export class DatabaseBrokenError extends Error {
  override readonly name = 'DatabaseBrokenError';
}

/** A worker ended before it had answered. */
export class WorkerGoneError extends Error {
  override readonly name = 'WorkerGoneError';
}

/** The disk or the folder does not take what the store writes; the message says so and what to do. */
export abstract class StorageError extends Error {
  /** As run records keep it. */
  abstract readonly problem: string;
}

/** The disk is full; the message says how much is needed and where. */
export class DiskFullError extends StorageError {
  override readonly name = 'DiskFullError';
  readonly problem = 'diskFull';
}

/** The data folder is not there or must not be written to. */
export class FolderUnusableError extends StorageError {
  override readonly name = 'FolderUnusableError';
  readonly problem = 'folderUnusable';
}

/** The disk could not do what it was asked for. */
export class DiskFailureError extends StorageError {
  override readonly name = 'DiskFailureError';
  readonly problem = 'diskFailure';
}

/** `instances.json` holds something else than it should; the file was left as it is. */
export class InstancesFileError extends Error {
  override readonly name = 'InstancesFileError';
}

/** `analysis.json` holds something else than it should, or would; the message says where and what to do. The file was left as it is. */
export class AnalysisError extends Error {
  override readonly name = 'AnalysisError';
}

/** `azure.json` holds something else than it should; the file was left as it is. */
export class CostConnectionsFileError extends Error {
  override readonly name = 'CostConnectionsFileError';
}

/** `exports.json` holds something else than it should; the file was left as it is. */
export class ExportLedgerError extends Error {
  override readonly name = 'ExportLedgerError';
}

/** A connection to Azure that cannot be kept; the message says what to change. */
export class InvalidCostConnectionError extends Error {
  override readonly name = 'InvalidCostConnectionError';
}

/** A name or URL that an instance cannot have, or an instance that is not what is asked of it; the message says why. */
export class InvalidInstanceError extends Error {
  override readonly name = 'InvalidInstanceError';
}

/** An error as it travels between threads. */
export interface WireError {
  readonly name: string;
  readonly message: string;
  readonly code?: string | undefined;
  readonly offset?: number | undefined;
}

const CLASSES: Readonly<Record<string, new (message: string) => Error>> = {
  PublishConflictError,
  MalformedChatError,
  NoDatabaseError,
  NewerDatabaseError,
  MigrationError,
  RestoreError,
  MirrorFullError,
  NotPurgedError,
  AnalysisError,
  TextFileError,
  DatabaseBrokenError,
  WorkerGoneError,
  DiskFullError,
  FolderUnusableError,
  DiskFailureError,
};

/** Whatever was thrown, as an Error: sql.js throws strings now and then. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** The `code` of a Node.js error such as ENOENT, else undefined. */
export function codeOf(thrown: unknown): string | undefined {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** Keeps what survives the way to another thread: name, message, code and offset. */
export function toWire(thrown: unknown): WireError {
  const error = toError(thrown);
  return {
    name: error.name,
    message: error.message,
    code: codeOf(error),
    offset: error instanceof SqlError ? error.offset : undefined,
  };
}

/** The error that {@link toWire} took apart; errors of the store keep their class. */
export function fromWire(wire: WireError): Error {
  if (wire.name === 'SqlError') {
    return new SqlError(wire.message, wire.offset);
  }
  const known = CLASSES[wire.name];
  const error = known === undefined ? new Error(wire.message) : new known(wire.message);
  if (known === undefined) {
    error.name = wire.name;
  }
  return wire.code === undefined ? error : Object.assign(error, { code: wire.code });
}
