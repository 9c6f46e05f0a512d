import * as l10n from '@vscode/l10n';
import { detailOf } from '../errors';
import type { Log } from '../log';

/** What comes by itself and is no failure. A person may hide each for good. */
export const NOTICE_IDS = [
  'editedCopy',
  'largeMirror',
  'unagreedText',
  'signInEnds',
  'syncedInPart',
  'heldBack',
  'zoneDiffers',
  'settingProblems',
  'azureSignIn',
  'costsNotRead',
  'budgetUsed',
] as const;

export type NoticeId = (typeof NOTICE_IDS)[number];

/** A button and what it does. */
export interface NoticeAction {
  readonly label: string;
  readonly run: () => unknown;
}

/** One sentence with what can be done about it. */
export interface Notice {
  readonly id: NoticeId;
  readonly text: string;
  /** Default: information. */
  readonly severity?: 'information' | 'warning' | undefined;
  readonly actions?: readonly NoticeAction[] | undefined;
}

/** What notices need of their host. */
export interface NoticesHost {
  /** Shows a message without taking the focus; resolves with the pressed label. */
  readonly show: (
    severity: 'information' | 'warning',
    text: string,
    ...labels: readonly string[]
  ) => PromiseLike<string | undefined>;
  /** Kept over restarts. */
  readonly state: {
    get(key: string): unknown;
    update(key: string, value: unknown): PromiseLike<void>;
  };
  readonly log: Pick<Log, 'info' | 'error'>;
  /** Told when a notice was hidden, or all are shown again. */
  readonly onDidChange: () => void;
}

const KEY = 'hiddenNotices';

/** The one door for messages that nobody asked for. Each offers "Don't Show Again"; a hidden one goes to the log only. */
export class Notices {
  constructor(private readonly host: NoticesHost) {}

  /** Shows a notice unless it was hidden; does not wait for the answer. */
  tell({ id, text, severity = 'information', actions = [] }: Notice): void {
    if (this.hidden().includes(id)) {
      this.host.log.info(text);
      return;
    }
    const never = l10n.t("Don't Show Again");
    void (async () => {
      try {
        const choice = await this.host.show(severity, text, ...actions.map(({ label }) => label), never);
        await (choice === never ? this.#hide(id) : actions.find(({ label }) => label === choice)?.run());
      } catch (error) {
        this.host.log.error(`Notice ${id}: ${detailOf(error)}`);
      }
    })();
  }

  /** Those that a person does not want to see. */
  hidden(): readonly NoticeId[] {
    const kept = this.host.state.get(KEY);
    return Array.isArray(kept) ? NOTICE_IDS.filter((id) => kept.includes(id)) : [];
  }

  /** Shows everything again from now on. */
  async reset(): Promise<void> {
    await this.host.state.update(KEY, undefined);
    this.host.onDidChange();
  }

  async #hide(id: NoticeId): Promise<void> {
    await this.host.state.update(KEY, [...new Set([...this.hidden(), id])]);
    this.host.onDidChange();
  }
}
