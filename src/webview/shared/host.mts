import { config } from '@vscode/l10n';

/** The part of VS Code's webview API that pages use. */
interface VsCodeApi<Message, State> {
  postMessage(message: Message): void;
  getState(): unknown;
  setState(state: State): void;
}
declare function acquireVsCodeApi(): VsCodeApi<unknown, unknown>;

/** What a page is made of, and its way to the extension. Once per page. */
export interface Host<Message, State> {
  /** The element that the page fills. */
  readonly root: HTMLElement;
  readonly api: VsCodeApi<Message, State>;
}

/** Takes the editor's language, which must come before anything is drawn. @throws Error when the page has no element for it */
export function connect<Message, State>(): Host<Message, State> {
  useWords(document.getElementById('words'));
  const root = document.getElementById('app');
  if (root === null) {
    throw new Error('The page has no element "app".');
  }
  return { root, api: acquireVsCodeApi() };
}

/** @param block what stands for each text of the sources; null: English */
function useWords(block: HTMLElement | null): void {
  if (block !== null) {
    config({ contents: block.textContent });
  }
}

/** Whether something that was posted to the page is a message of ours: frames and other extensions may post as well. */
export function isMessage<M extends { readonly type: string }>(
  data: unknown,
  types: readonly M['type'][],
): data is M {
  return (
    typeof data === 'object' && data !== null && 'type' in data && types.some((type) => type === data.type)
  );
}
