/** An instance that a statement may read. */
export interface VisibleInstance {
  /** `instances.id` */
  readonly id: number;
  /** Whether what people wrote and how they named things is part of it. */
  readonly text: boolean;
}

/** What a statement may read: other instances are not in the copy that it runs on. */
export interface Visible {
  readonly instances: readonly VisibleInstance[];
}
