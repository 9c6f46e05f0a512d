import type { CopyResult } from '../writeResults';
import type { StoreWriter } from '../mirrorWriter';

/**
 * A writer that says so when it finds that another program had changed `openwebui_sync.db`, or that a file was damaged:
 * nobody's work is lost silently. @param tell gets the sentences for the user
 */
export function tellingOfEdits(writer: StoreWriter, tell: (sentence: string) => void): StoreWriter {
  return {
    ...writer,
    refreshCopies: async () => {
      const result = await writer.refreshCopies();
      sentencesOf(result).forEach(tell);
      return result;
    },
  };
}

function sentencesOf({ keptEditedAs, putAside = [] }: CopyResult): readonly string[] {
  const edited =
    keptEditedAs === undefined
      ? []
      : [
          `Another program had changed openwebui_sync.db. Its version is kept as ${keptEditedAs}; the mirror itself is untouched.`,
        ];
  const damaged =
    putAside.length === 0
      ? []
      : [
          `The database was damaged and went on from an older state. What was damaged is kept as ${putAside.join(', ')}; ` +
            'what is missing now is fetched by the next sync.',
        ];
  return [...edited, ...damaged];
}
