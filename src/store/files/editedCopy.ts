import type { CopyResult } from '../writeResults';
import type { StoreWriter } from '../mirrorWriter';

/** What a sentence of {@link tellingOfEdits} is about: a copy that another program changed, or damage. */
export type EditFinding = 'edited' | 'damaged';

/**
 * A writer that says so when it finds that another program had changed `openwebui_sync.db`, or that a file was damaged:
 * nobody's work is lost silently. @param tell gets the sentences for the user
 */
export function tellingOfEdits(
  writer: StoreWriter,
  tell: (sentence: string, finding: EditFinding) => void,
): StoreWriter {
  return {
    ...writer,
    refreshCopies: async () => {
      const result = await writer.refreshCopies();
      for (const [finding, sentence] of sentencesOf(result)) {
        tell(sentence, finding);
      }
      return result;
    },
  };
}

function sentencesOf({ keptEditedAs, putAside = [] }: CopyResult): readonly [EditFinding, string][] {
  const edited: [EditFinding, string][] =
    keptEditedAs === undefined
      ? []
      : [
          [
            'edited',
            `Another program had changed openwebui_sync.db. Its version is kept as ${keptEditedAs}; the mirror itself is untouched.`,
          ],
        ];
  const damaged: [EditFinding, string][] =
    putAside.length === 0
      ? []
      : [
          [
            'damaged',
            `The database was damaged and went on from an older state. What was damaged is kept as ${putAside.join(', ')}; ` +
              'what is missing now is fetched by the next sync.',
          ],
        ];
  return [...edited, ...damaged];
}
