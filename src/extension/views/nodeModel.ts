/** A codicon, with a theme colour when its state is worth one. */
export interface NodeIcon {
  readonly id: string;
  readonly color?: string | undefined;
}

/** One line of the tree; `id` stays the same across refreshes, so selection and expansion survive. */
export interface NodeModel {
  readonly id: string;
  readonly label: string;
  readonly description?: string | undefined;
  /** Markdown; names from servers are escaped. */
  readonly tooltip?: string | undefined;
  readonly icon: NodeIcon;
  /** Tokens that the manifest's `when` clauses look for, such as `type=instance,state=idle`. */
  readonly contextValue: string;
  readonly instanceId: number;
  /** Set on a run that the details view can show. */
  readonly runId?: string | undefined;
  readonly children: readonly NodeModel[];
}
