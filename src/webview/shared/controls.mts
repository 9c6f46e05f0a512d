// Toolbar parts by the names that toolbar.mts defines; no type of the toolkit leaves that file.
import { element } from './dom.mjs';

export interface ButtonOptions {
  readonly label: string;
  readonly onClick: () => void;
  readonly isSecondary?: boolean;
}

/** A button of the editor's look. */
export function button({ label, onClick, isSecondary = false }: ButtonOptions): HTMLElement {
  const made = document.createElement('ow-button');
  made.setAttribute('appearance', isSecondary ? 'secondary' : 'primary');
  made.textContent = label;
  made.addEventListener('click', onClick);
  return made;
}

export interface QuietButtonOptions {
  readonly label: string;
  /** Name for screen readers where the label alone does not tell; begins with the label. */
  readonly name?: string;
  /** Finds the button again after a rebuild, see `keepingFocus`. */
  readonly key?: string;
  readonly className?: string;
  readonly onClick: () => void;
}

/** A button that is part of the text around it. */
export function quietButton({ label, name, key, className, onClick }: QuietButtonOptions): HTMLButtonElement {
  const made = element('button', {
    className: className ?? 'quiet',
    text: label,
    attributes: { type: 'button', 'aria-label': name, 'data-key': key },
  });
  made.addEventListener('click', onClick);
  return made;
}

export interface Option {
  readonly value: string;
  readonly title: string;
}

export interface DropdownOptions {
  /** Name for screen readers. */
  readonly label: string;
  readonly onChange: (value: string) => void;
}

/** A drop-down list of the editor's look. */
export class Dropdown {
  readonly element = document.createElement('ow-dropdown') as HTMLElement & { value?: unknown };
  #key = '';

  constructor({ label, onChange }: DropdownOptions) {
    this.element.setAttribute('aria-label', label);
    this.element.setAttribute('title', label);
    this.element.addEventListener('change', () => {
      const { value } = this.element;
      if (typeof value === 'string') {
        onChange(value);
      }
    });
  }

  /** Shows what can be picked and what is. Equal options stay: replacing them would close an open list. */
  show(options: readonly Option[], selected: string): void {
    const key = JSON.stringify(options);
    if (key === this.#key) {
      this.element.value = selected;
      return;
    }
    this.#key = key;
    this.element.replaceChildren(
      ...options.map(({ value, title }) => {
        const option = document.createElement('ow-option');
        option.setAttribute('value', value);
        option.toggleAttribute('selected', value === selected);
        option.textContent = title;
        return option;
      }),
    );
  }
}

/** A ring that turns while something is under way. */
export function progressRing(): HTMLElement {
  const made = document.createElement('ow-progress-ring');
  made.setAttribute('aria-hidden', 'true');
  return made;
}
