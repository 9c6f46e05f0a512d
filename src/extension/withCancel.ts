import * as vscode from 'vscode';

/** Shows that something is at work, and lets the user stop it. */
export async function withCancel<T>(
  title: string,
  work: (signal: AbortSignal, progress: vscode.Progress<{ readonly message: string }>) => Promise<T>,
): Promise<T> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, async (progress, token) => {
    const abort = new AbortController();
    const listening = token.onCancellationRequested(() => abort.abort());
    try {
      return await work(abort.signal, progress);
    } finally {
      listening.dispose();
    }
  });
}
