/** How large a generated mirror is; all instances together. */
export interface MirrorSize {
  readonly users: number;
  readonly chats: number;
  readonly messages: number;
}

/** What is promised, what is designed for, and what must still work. */
export const SIZES = {
  S: { users: 114, chats: 1_350, messages: 3_600 },
  M: { users: 1_500, chats: 15_380, messages: 100_002 },
  L: { users: 15_000, chats: 151_000, messages: 1_000_002 },
} as const satisfies Readonly<Record<string, MirrorSize>>;

export type SizeName = keyof typeof SIZES;

/** Instances of every size. */
export const INSTANCES = 3;

/** Whether it is one of {@link SIZES}. */
export function isSizeName(name: string): name is SizeName {
  return Object.hasOwn(SIZES, name);
}
