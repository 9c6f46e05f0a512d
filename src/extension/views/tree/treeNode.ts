import type { CommandId } from '../../commands/commandIds';

/** A codicon, with a theme colour when its state is worth one. */
export interface NodeIcon {
  readonly id: string;
  readonly color?: string | undefined;
}

/** What a click on a line opens; the command gets the line. */
export interface NodeClick {
  readonly command: CommandId;
  readonly title: string;
}

/** One line of a tree as plain data; `id` stays the same across refreshes, so selection and expansion survive. */
export interface TreeNode {
  readonly id: string;
  readonly label: string;
  readonly description?: string | undefined;
  /** Markdown, asked for when it is shown; what others wrote is escaped. */
  readonly tooltip?: string | undefined;
  readonly icon: NodeIcon;
  /** Tokens that the manifest's `when` clauses look for, such as `type=instance,state=idle`. */
  readonly contextValue: string;
  /** What a screen reader says instead of label and description. */
  readonly spoken?: string | undefined;
  readonly click?: NodeClick | undefined;
  /** Whether its children are shown at first. */
  readonly isOpen?: boolean | undefined;
  readonly children: readonly TreeNode[];
}
