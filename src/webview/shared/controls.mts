// Toolbar parts by the names that toolbar.mts defines; no type of the toolkit leaves that file.

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

export interface Option {
  readonly value: string;
  readonly title: string;
}

export interface DropdownOptions {
  /** Name for screen readers. */
  readonly label: string;
  readonly options: readonly Option[];
  readonly selected: string;
  readonly onChange: (value: string) => void;
}

/** A drop-down list of the editor's look. */
export function dropdown({ label, options, selected, onChange }: DropdownOptions): HTMLElement {
  const made = document.createElement('ow-dropdown');
  made.setAttribute('aria-label', label);
  for (const { value, title } of options) {
    const option = document.createElement('ow-option');
    option.setAttribute('value', value);
    option.toggleAttribute('selected', value === selected);
    option.textContent = title;
    made.append(option);
  }
  made.addEventListener('change', () => {
    const { value } = made as HTMLElement & { readonly value?: unknown };
    if (typeof value === 'string') {
      onChange(value);
    }
  });
  return made;
}

/** A ring that turns while something is under way. */
export function progressRing(): HTMLElement {
  const made = document.createElement('ow-progress-ring');
  made.setAttribute('aria-hidden', 'true');
  return made;
}
