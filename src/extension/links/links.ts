/** Does what a link's query asks for; false when it is none that can be understood. */
export type LinkHandler = (query: string) => boolean;

/**
 * Links into the editor by their paths: `vscode://PUBLISHER.EXTENSION/report?...`. Anybody can write a link, so none carries a
 * key, and none changes anything without a question.
 */
export class Links {
  readonly #handlers = new Map<string, LinkHandler>();

  /** @param path such as `/report` */
  add(path: string, handler: LinkHandler): void {
    this.#handlers.set(path, handler);
  }

  /** Follows a link. @returns whether it was understood */
  follow({ path, query }: { readonly path: string; readonly query: string }): boolean {
    return this.#handlers.get(path)?.(query) ?? false;
  }
}
