/** A line of a menu; `undefined` in a list is a separator. */
export interface MenuItem {
  readonly label: string;
  readonly run: () => void;
  readonly isDisabled?: boolean;
  /** A key that does the same, in words. */
  readonly keys?: string;
}

export type MenuItems = readonly (MenuItem | undefined)[];

export interface MenuPlace {
  readonly x: number;
  readonly y: number;
}

const MARGIN = 4;
let close: (() => void) | undefined;

/** Whether a menu is open: keys belong to it. */
export function isMenuOpen(): boolean {
  return close !== undefined;
}

/**
 * Opens a menu at a place of the page and moves the focus into it: arrows, Home, End and first letters choose, Enter runs, Escape, Tab
 * and a click elsewhere close it. The focus then goes back to where it was.
 */
export function openMenu(label: string, items: MenuItems, { x, y }: MenuPlace): void {
  close?.();
  const before = document.activeElement;
  const menu = document.createElement('div');
  menu.className = 'menu';
  menu.setAttribute('role', 'menu');
  menu.setAttribute('aria-label', label);
  const end = new AbortController();
  const finish = (): void => {
    end.abort();
    menu.remove();
    close = undefined;
    if (before instanceof HTMLElement && before.isConnected) {
      before.focus({ preventScroll: true });
    }
  };
  close = finish;
  menu.append(...items.map((item) => (item === undefined ? separator() : lineOf(item, finish))));
  document.body.append(menu);
  place(menu, x, y);
  listen(menu, finish, end.signal);
  enabledItems(menu)[0]?.focus();
}

function lineOf({ label, run, isDisabled = false, keys }: MenuItem, finish: () => void): HTMLElement {
  const line = document.createElement('div');
  line.className = 'menu-item';
  line.setAttribute('role', 'menuitem');
  line.setAttribute('aria-disabled', String(isDisabled));
  line.tabIndex = -1;
  const words = document.createElement('span');
  words.textContent = label;
  line.append(words);
  if (keys !== undefined) {
    const hint = document.createElement('span');
    hint.className = 'keys';
    hint.setAttribute('aria-hidden', 'true');
    hint.textContent = keys;
    line.append(hint);
  }
  line.addEventListener('click', () => {
    if (!isDisabled) {
      finish();
      run();
    }
  });
  return line;
}

function separator(): HTMLElement {
  const made = document.createElement('div');
  made.className = 'menu-separator';
  made.setAttribute('role', 'separator');
  return made;
}

function place(menu: HTMLElement, x: number, y: number): void {
  const left = Math.min(x, window.innerWidth - menu.offsetWidth - MARGIN);
  const top = Math.min(y, window.innerHeight - menu.offsetHeight - MARGIN);
  menu.style.left = `${Math.max(left, MARGIN)}px`;
  menu.style.top = `${Math.max(top, MARGIN)}px`;
}

function enabledItems(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('[role="menuitem"][aria-disabled="false"]')];
}

function listen(menu: HTMLElement, finish: () => void, signal: AbortSignal): void {
  menu.addEventListener(
    'keydown',
    (event) => {
      const items = enabledItems(menu);
      const at = items.findIndex((item) => item === document.activeElement);
      const next = nextItem(event.key, at, items);
      if (event.key === 'Escape' || event.key === 'Tab') {
        finish();
      } else if (event.key === 'Enter' || event.key === ' ') {
        items[at]?.click();
      } else if (next === undefined) {
        return;
      }
      next?.focus();
      event.preventDefault();
      event.stopPropagation();
    },
    { signal },
  );
  menu.addEventListener(
    'pointermove',
    ({ target }) => {
      const item = target instanceof Element ? target.closest<HTMLElement>('[aria-disabled="false"]') : null;
      item?.focus();
    },
    { signal },
  );
  document.addEventListener(
    'pointerdown',
    ({ target }) => {
      if (!(target instanceof Node && menu.contains(target))) {
        finish();
      }
    },
    { signal, capture: true },
  );
  window.addEventListener('blur', finish, { signal });
}

function nextItem(key: string, at: number, items: readonly HTMLElement[]): HTMLElement | undefined {
  switch (key) {
    case 'ArrowDown':
      return items[(at + 1) % items.length];
    case 'ArrowUp':
      return items[(at - 1 + items.length) % items.length];
    case 'Home':
      return items[0];
    case 'End':
      return items.at(-1);
    default:
      return key.length === 1 && key !== ' '
        ? [...items.slice(at + 1), ...items].find((item) =>
            item.textContent.toLowerCase().startsWith(key.toLowerCase()),
          )
        : undefined;
  }
}
