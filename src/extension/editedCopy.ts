import * as vscode from 'vscode';
import type { StoreWriter } from '../store/mirrorWriter';

/** A writer that says so when it finds that another program had changed `openwebui_sync.db`: nobody's work is lost silently. */
export function tellingOfEdits(writer: StoreWriter): StoreWriter {
  return {
    ...writer,
    refreshCopies: async () => {
      const result = await writer.refreshCopies();
      if (result.keptEditedAs !== undefined) {
        void vscode.window.showInformationMessage(
          `Another program had changed openwebui_sync.db. Its version is kept as ${result.keptEditedAs}; the mirror itself is untouched.`,
        );
      }
      return result;
    },
  };
}
