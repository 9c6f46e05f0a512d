import type { StoreWriter } from './mirrorWriter';

/**
 * A writer that says so when it finds that another program had changed `openwebui_sync.db`: nobody's work is lost
 * silently. @param tell gets the sentence for the user
 */
export function tellingOfEdits(writer: StoreWriter, tell: (sentence: string) => void): StoreWriter {
  return {
    ...writer,
    refreshCopies: async () => {
      const result = await writer.refreshCopies();
      if (result.keptEditedAs !== undefined) {
        tell(
          `Another program had changed openwebui_sync.db. Its version is kept as ${result.keptEditedAs}; the mirror itself is untouched.`,
        );
      }
      return result;
    },
  };
}
