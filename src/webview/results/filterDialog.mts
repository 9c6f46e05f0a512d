import * as l10n from '@vscode/l10n';
import { element } from '../shared/dom.mjs';
import { filterKindInWords } from './filterWords';
import { FILTER_KINDS, needsValue, type ColumnFilter, type FilterKind } from './narrowing';
import type { MenuPlace } from './menu.mjs';

/** What the dialog is about. */
export interface FilterQuestion {
  readonly column: number;
  readonly name: string;
  readonly filter: ColumnFilter | undefined;
  readonly place: MenuPlace;
  /** Gets the column's filter; undefined: it is taken away. */
  readonly onAnswer: (filter: ColumnFilter | undefined) => void;
}

/** Asks how the rows are filtered by one column. Enter applies, Escape leaves everything as it is. */
export function askFilter({ column, name, filter, place, onAnswer }: FilterQuestion): void {
  const before = document.activeElement;
  const kind = element('select', { attributes: { 'aria-label': l10n.t('How to compare') } });
  kind.append(
    ...FILTER_KINDS.map((one) =>
      element('option', { text: filterKindInWords(one), attributes: { value: one } }),
    ),
  );
  kind.value = filter?.kind ?? 'contains';
  const value = element('input', {
    attributes: { type: 'text', 'aria-label': l10n.t('Value'), placeholder: l10n.t('Value') },
  });
  value.value = filter?.value ?? '';
  const apply = element('button', { text: l10n.t('Filter'), attributes: { type: 'submit' } });
  const clear = element('button', {
    className: 'secondary',
    text: l10n.t('Clear Filter'),
    attributes: { type: 'button' },
  });
  clear.hidden = filter === undefined;
  const form = element('form', {}, kind, value, element('div', { className: 'buttons' }, apply, clear));
  const dialog = element(
    'dialog',
    { className: 'filter', attributes: { 'aria-label': l10n.t('Filter {0}', name) } },
    element('p', { text: l10n.t('Rows where {0}', name) }),
    form,
  );

  const follow = (): void => {
    value.hidden = !needsValue(kind.value as FilterKind);
  };
  kind.addEventListener('change', follow);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    dialog.close();
    const chosen = kind.value as FilterKind;
    onAnswer({ column, kind: chosen, value: needsValue(chosen) ? value.value : '' });
  });
  clear.addEventListener('click', () => {
    dialog.close();
    onAnswer(undefined);
  });
  dialog.addEventListener('click', ({ target }) => {
    if (target === dialog) {
      dialog.close();
    }
  });
  dialog.addEventListener('keydown', (event) => event.stopPropagation());
  dialog.addEventListener('close', () => {
    dialog.remove();
    if (before instanceof HTMLElement && before.isConnected) {
      before.focus({ preventScroll: true });
    }
  });
  document.body.append(dialog);
  follow();
  dialog.showModal();
  dialog.style.left = `${Math.max(4, Math.min(place.x, window.innerWidth - dialog.offsetWidth - 4))}px`;
  dialog.style.top = `${Math.max(4, Math.min(place.y, window.innerHeight - dialog.offsetHeight - 4))}px`;
  (value.hidden ? kind : value).focus();
}
