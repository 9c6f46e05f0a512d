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
