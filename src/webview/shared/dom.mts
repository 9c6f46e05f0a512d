/** What an element is made with. Text is data: it never becomes markup. */
export interface ElementOptions {
  readonly className?: string;
  readonly text?: string | undefined;
  readonly attributes?: Readonly<Record<string, string | undefined>>;
}

/** Makes an element with its children; undefined children and attributes are left out. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  { className, text, attributes = {} }: ElementOptions = {},
  ...children: readonly (Node | undefined)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (className !== undefined) {
    made.className = className;
  }
  if (text !== undefined) {
    made.textContent = text;
  }
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) {
      made.setAttribute(name, value);
    }
  }
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

/**
 * Makes these the children of an element. A child that is in its place is not touched: moving it would take its focus
 * and its scroll position.
 */
export function placeChildren(parent: Element, children: readonly Node[]): void {
  const wanted = new Set(children);
  for (const child of [...parent.childNodes]) {
    if (!wanted.has(child)) {
      child.remove();
    }
  }
  children.forEach((child, index) => {
    const there = parent.childNodes[index] ?? null;
    if (there !== child) {
      parent.insertBefore(child, there);
    }
  });
}

/** Shows text where there is some, and hides the element where there is none. */
export function showText(target: HTMLElement, text: string | undefined): void {
  target.hidden = text === undefined || text === '';
  if (target.textContent !== (text ?? '')) {
    target.textContent = text ?? '';
  }
}
