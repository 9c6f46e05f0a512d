import * as l10n from '@vscode/l10n';
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
            l10n.t(
              'Another program had changed openwebui_sync.db. Its version is kept as {0}; the mirror itself is untouched.',
              keptEditedAs,
            ),
          ],
        ];
  const damaged: [EditFinding, string][] =
    putAside.length === 0
      ? []
      : [
          [
            'damaged',
            l10n.t(
              'The database was damaged and went on from an older state. What was damaged is kept as {0}; what is missing now is fetched by the next sync.',
              putAside.join(', '),
            ),
          ],
        ];
  return [...edited, ...damaged];
}
