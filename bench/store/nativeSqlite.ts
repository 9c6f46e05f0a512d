/** The part of `node:sqlite` (Node 22.5 and later) that the bench uses; Node 20's types do not have it. */
export interface NativeDatabase {
  exec(sql: string): void;
  prepare(sql: string): NativeStatement;
  close(): void;
}

export interface NativeStatement {
  run(...values: readonly unknown[]): unknown;
  get(...values: readonly unknown[]): unknown;
  all(...values: readonly unknown[]): readonly unknown[];
}

interface NativeModule {
  readonly DatabaseSync: new (path: string, options?: { readonly readOnly?: boolean }) => NativeDatabase;
}

/** Opens a file with the SQLite that Node brings: what the bench compares with. @throws Error on an older Node */
export function openNative(path: string, options: { readonly readOnly?: boolean } = {}): NativeDatabase {
  const native = process.getBuiltinModule('node:sqlite') as unknown as NativeModule | undefined;
  if (native === undefined) {
    throw new Error('This Node has no node:sqlite. Use Node 22.5 or later.');
  }
  return new native.DatabaseSync(path, options);
}
