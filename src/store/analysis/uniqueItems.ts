import * as l10n from '@vscode/l10n';
import * as v from 'valibot';

/** Refuses items of a list that are named as an earlier one. @param nameOf what names an item */
export function unique<T>(nameOf: (item: T) => unknown) {
  return v.rawCheck<T[]>(({ dataset, addIssue }) => {
    if (!dataset.typed) {
      return;
    }
    const items = dataset.value;
    const first = new Map<string, number>();
    items.forEach((value, key) => {
      const name = JSON.stringify(nameOf(value));
      const earlier = first.get(name);
      if (earlier === undefined) {
        first.set(name, key);
      } else {
        addIssue({
          message: l10n.t('it is there already, as number {0} of this list', earlier + 1),
          path: [{ type: 'array', origin: 'value', input: items, key, value }],
        });
      }
    });
  });
}
