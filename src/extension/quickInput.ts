import * as vscode from 'vscode';
import type { Ownable } from './disposables';
import { CancelledError } from './errors';
import type { Objection } from './instances/address';

/** Returned when the user wants the step before. */
export const BACK = Symbol('back');
export type Back = typeof BACK;

/** Place of a question in its sequence. */
export interface Step {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
}

export interface TextQuestion extends Partial<Step> {
  readonly title: string;
  readonly prompt: string;
  readonly placeholder?: string | undefined;
  readonly value?: string | undefined;
  readonly isSecret?: boolean | undefined;
  readonly hasBack?: boolean | undefined;
  readonly object?: ((text: string) => Objection | undefined) | undefined;
}

/** Asks for a text; the question stays when the window loses focus. @throws CancelledError */
export async function askText(question: TextQuestion): Promise<string | Back> {
  const input = vscode.window.createInputBox();
  place(input, question);
  input.prompt = question.prompt;
  input.placeholder = question.placeholder;
  input.value = question.value ?? '';
  input.password = question.isSecret === true;
  input.ignoreFocusOut = true;
  input.buttons = backButton(question);
  const check = (): Objection | undefined => {
    const objection = question.object?.(input.value);
    input.validationMessage =
      objection === undefined
        ? undefined
        : {
            message: objection.message,
            severity:
              objection.severity === 'error'
                ? vscode.InputBoxValidationSeverity.Error
                : vscode.InputBoxValidationSeverity.Warning,
          };
    return objection;
  };
  return settle<string>(input, (resolve) => [
    // Nothing is wrong with what nobody has typed yet.
    input.onDidChangeValue(check),
    input.onDidAccept(() => {
      if (check()?.severity !== 'error') {
        resolve(input.value);
      }
    }),
    input.onDidTriggerButton(() => resolve(BACK)),
  ]);
}

/** Asks for a text, in a question that stands alone. @throws CancelledError */
export function enterText(
  question: Omit<TextQuestion, keyof Step | 'hasBack'> & Pick<Step, 'title'>,
): Promise<string> {
  return orCancel(askText(question));
}

/** What is refused with a message; nothing is where there is none. */
export function refusal(message: string | undefined): Objection | undefined {
  return message === undefined ? undefined : { severity: 'error', message };
}

export interface ChoiceItem<T> extends vscode.QuickPickItem {
  readonly value: T;
}

export interface ChoiceQuestion<T> extends Partial<Step> {
  readonly placeholder: string;
  readonly items: readonly ChoiceItem<T>[];
  /** What is marked at first; else the first item. */
  readonly active?: T | undefined;
  /** Stays when the window loses focus, as steps of a sequence do. */
  readonly isPersistent?: boolean | undefined;
  readonly hasBack?: boolean | undefined;
  /** Whether what is typed finds items by their detail, too. */
  readonly matchesDetail?: boolean | undefined;
}

/** Asks for one of a list. @throws CancelledError */
export async function askChoice<T>(question: ChoiceQuestion<T>): Promise<T | Back> {
  const pick = vscode.window.createQuickPick<ChoiceItem<T>>();
  place(pick, question);
  pick.placeholder = question.placeholder;
  pick.items = question.items;
  if (question.active !== undefined) {
    pick.activeItems = question.items.filter(({ value }) => value === question.active);
  }
  pick.ignoreFocusOut = question.isPersistent ?? question.step !== undefined;
  pick.matchOnDescription = true;
  pick.matchOnDetail = question.matchesDetail === true;
  pick.buttons = backButton(question);
  return settle<T>(pick, (resolve) => [
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      if (chosen !== undefined) {
        resolve(chosen.value);
      }
    }),
    pick.onDidTriggerButton(() => resolve(BACK)),
  ]);
}

/** Asks for one of a list, in a question that stands alone and stays when the window loses focus. @throws CancelledError */
export async function chooseOne<T>(
  title: string,
  placeholder: string,
  items: readonly ChoiceItem<T>[],
  { matchesDetail }: Pick<ChoiceQuestion<T>, 'matchesDetail'> = {},
): Promise<T> {
  return orCancel(askChoice<T>({ title, placeholder, items, matchesDetail, isPersistent: true }));
}

/**
 * Asks for any number of a list; items that are `picked` are marked at first. It stays when the window loses focus.
 * @throws CancelledError
 */
export async function chooseMany<T>(
  title: string,
  placeholder: string,
  items: readonly ChoiceItem<T>[],
): Promise<readonly T[]> {
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: placeholder,
    canPickMany: true,
    ignoreFocusOut: true,
    matchOnDescription: true,
  });
  if (picked === undefined) {
    throw new CancelledError();
  }
  return picked.map(({ value }) => value);
}

/** Asks for any number of a list, with a way back; items that are `picked` are marked at first. @throws CancelledError */
export async function askMany<T>(
  question: Omit<ChoiceQuestion<T>, 'active' | 'isPersistent'>,
): Promise<readonly T[] | Back> {
  const pick = vscode.window.createQuickPick<ChoiceItem<T>>();
  place(pick, question);
  pick.placeholder = question.placeholder;
  pick.canSelectMany = true;
  pick.items = question.items;
  pick.selectedItems = question.items.filter(({ picked }) => picked === true);
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = true;
  pick.matchOnDetail = question.matchesDetail === true;
  pick.buttons = backButton(question);
  return settle<readonly T[]>(pick, (resolve) => [
    pick.onDidAccept(() => resolve(pick.selectedItems.map(({ value }) => value))),
    pick.onDidTriggerButton(() => resolve(BACK)),
  ]);
}

/** The answer to a question without a step before it. @throws CancelledError */
export async function orCancel<T>(answer: Promise<T | Back>): Promise<T> {
  const given = await answer;
  if (given === BACK) {
    throw new CancelledError();
  }
  return given;
}

function place(input: vscode.QuickInput, { title, step, totalSteps }: Partial<Step>): void {
  input.title = title;
  input.step = step;
  input.totalSteps = totalSteps;
}

function backButton({ hasBack }: { readonly hasBack?: boolean | undefined }): vscode.QuickInputButton[] {
  return hasBack === true ? [vscode.QuickInputButtons.Back] : [];
}

/** Shows the input until it is answered or hidden, then disposes everything of it. */
async function settle<T>(
  input: vscode.QuickInput,
  listen: (resolve: (value: T | Back) => void) => readonly vscode.Disposable[],
): Promise<T | Back> {
  const owned: Ownable[] = [input];
  try {
    return await new Promise<T | Back>((resolve, reject) => {
      owned.push(
        ...listen(resolve),
        input.onDidHide(() => reject(new CancelledError())),
      );
      input.show();
    });
  } finally {
    for (const item of owned.reverse()) {
      item.dispose();
    }
  }
}
