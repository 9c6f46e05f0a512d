import type * as vscode from 'vscode';

/** What each type of a page's messages leads to. */
export type MessageHandlers<M extends { readonly type: string }> = {
  readonly [Type in M['type']]: (message: Extract<M, { readonly type: Type }>) => unknown;
};

export interface MessageTaker<M extends { readonly type: string }> {
  /** A message as the protocol has it; undefined for anything else. */
  readonly parse: (value: unknown) => M | undefined;
  readonly handlers: MessageHandlers<M>;
  /** Told of a message that is not understood; absent: it is dropped. */
  readonly onUnknown?: () => void;
  /** Told what a handler threw. */
  readonly onError: (error: unknown) => void;
}

/** Takes the messages of a page until the result is disposed. */
export function takeMessages<M extends { readonly type: string }>(
  webview: vscode.Webview,
  { parse, handlers, onUnknown, onError }: MessageTaker<M>,
): vscode.Disposable {
  const take = async (value: unknown): Promise<void> => {
    const message = parse(value);
    if (message === undefined) {
      onUnknown?.();
      return;
    }
    try {
      // The table has a handler for each type; the compiler cannot relate the two by itself.
      await (handlers[message.type as M['type']] as (message: M) => unknown)(message);
    } catch (error) {
      onError(error);
    }
  };
  return webview.onDidReceiveMessage((value: unknown) => void take(value));
}
