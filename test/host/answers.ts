import * as vscode from 'vscode';

/** A message or dialog as it was shown. */
export interface ShownMessage {
  readonly text: string;
  readonly detail: string;
  readonly isModal: boolean;
  readonly buttons: readonly string[];
}

type Asking = 'showInformationMessage' | 'showWarningMessage' | 'showErrorMessage';
const ASKING: readonly Asking[] = ['showInformationMessage', 'showWarningMessage', 'showErrorMessage'];

/** Stands in for the user: answers questions in the order given, and remembers what was shown. */
export class Answers {
  readonly shown: ShownMessage[] = [];
  /** The lists that were offered, each by its labels. */
  readonly lists: (readonly string[])[] = [];
  readonly #queue: string[] = [];
  readonly #window = vscode.window as unknown as Record<string, unknown>;
  readonly #originals = new Map<string, unknown>();

  constructor() {
    for (const name of ASKING) {
      this.#replace(name, (text: string, ...rest: unknown[]) => Promise.resolve(this.#press(text, rest)));
    }
    this.#replace('createQuickPick', () => this.#quickPick());
    this.#replace('createInputBox', () => this.#inputBox());
  }

  /** What the user will press, pick or type, in this order. A question that does not offer the next is dismissed. */
  give(...answers: readonly string[]): void {
    this.#queue.push(...answers);
  }

  /** Answers that nobody asked for. */
  get left(): readonly string[] {
    return this.#queue;
  }

  /** Gives the questions back to the window. */
  restore(): void {
    for (const [name, original] of this.#originals) {
      this.#window[name] = original;
    }
  }

  #replace(name: string, double: unknown): void {
    this.#originals.set(name, this.#window[name]);
    this.#window[name] = double;
  }

  #press(text: string, rest: readonly unknown[]): unknown {
    const options = rest.find(isOptions);
    const items = rest.filter((item) => item !== options);
    const titleOf = (item: unknown): string =>
      typeof item === 'string' ? item : (item as { title: string }).title;
    this.shown.push({
      text,
      detail: options?.detail ?? '',
      isModal: options?.modal === true,
      buttons: items.map(titleOf),
    });
    return this.#take(items, titleOf);
  }

  #take<T>(items: readonly T[], labelOf: (item: T) => string): T | undefined {
    const chosen = items.find((item) => labelOf(item) === this.#queue[0]);
    if (chosen !== undefined) {
      this.#queue.shift();
    }
    return chosen;
  }

  #quickPick(): unknown {
    const input = this.#input();
    const pick = {
      ...input,
      items: [] as readonly vscode.QuickPickItem[],
      selectedItems: [] as readonly vscode.QuickPickItem[],
      show: () => {
        this.lists.push(pick.items.map(({ label }) => label));
        const chosen = this.#take(pick.items, ({ label }) => label);
        pick.selectedItems = chosen === undefined ? [] : [chosen];
        input.end(chosen !== undefined);
      },
    };
    return pick;
  }

  #inputBox(): unknown {
    const input = this.#input();
    const box = {
      ...input,
      value: '',
      show: () => {
        const answer = this.#queue.shift();
        box.value = answer ?? '';
        input.end(answer !== undefined);
      },
    };
    return box;
  }

  /** What lists and boxes have in common. */
  #input() {
    const accepted = new vscode.EventEmitter<void>();
    const hidden = new vscode.EventEmitter<void>();
    const never = () => ({ dispose: () => undefined });
    return {
      onDidAccept: accepted.event,
      onDidHide: hidden.event,
      onDidChangeValue: never,
      onDidTriggerButton: never,
      end: (isAnswered: boolean) => (isAnswered ? accepted : hidden).fire(),
      dispose: () => {
        accepted.dispose();
        hidden.dispose();
      },
    };
  }
}

function isOptions(item: unknown): item is vscode.MessageOptions {
  return typeof item === 'object' && item !== null && !('title' in item);
}
