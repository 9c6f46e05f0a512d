import { element } from '../shared/dom.mjs';

/** A button beside others. */
export function secondaryButton(label: string, onClick: () => void): HTMLButtonElement {
  const made = element('button', { className: 'secondary', text: label, attributes: { type: 'button' } });
  made.addEventListener('click', onClick);
  return made;
}

/** A choice of a toolbar with its name. */
export interface Picker {
  readonly label: HTMLLabelElement;
  readonly select: HTMLSelectElement;
  /** @param options values with their words */
  readonly show: (options: readonly (readonly [string, string])[], chosen: string | undefined) => void;
}

export function picker(title: string): Picker {
  const select = element('select');
  const label = element('label', {}, element('span', { text: title }), select);
  return {
    label,
    select,
    show: (options, chosen) => {
      select.replaceChildren(
        ...options.map(([value, text]) => element('option', { text, attributes: { value } })),
      );
      select.value = chosen ?? '';
    },
  };
}
