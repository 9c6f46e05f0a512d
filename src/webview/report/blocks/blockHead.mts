import * as l10n from '@vscode/l10n';
import { quietButton } from '../../shared/controls.mjs';
import { element, placeChildren, showText } from '../../shared/dom.mjs';
import type { BlockTools } from './blockTools';

interface HeadOptions {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** Rows behind the block. Without any there is nothing to save and no statement. */
  readonly dataset?: string;
}

/** Title and words of a block, and what can be done with its numbers. */
export class BlockHead {
  readonly #tools: BlockTools;
  readonly #title = element('h3');
  readonly #description = element('p');
  readonly #actions = element('div', { className: 'actions' });
  #queries: ReadonlySet<string> | undefined;
  #options: HeadOptions | undefined;

  /** @param host gets the head as its children */
  constructor(host: HTMLElement, tools: BlockTools) {
    this.#tools = tools;
    host.classList.add('head');
    host.append(element('div', { className: 'words' }, this.#title, this.#description), this.#actions);
  }

  show(options: HeadOptions): void {
    this.#options = options;
    showText(this.#title, options.title);
    showText(this.#description, options.description);
    this.#showActions(options);
  }

  /** Rows that were worked out from others have no statement of their own. */
  knowQueries(ids: ReadonlySet<string>): void {
    this.#queries = ids;
    if (this.#options !== undefined) {
      this.#showActions(this.#options);
    }
  }

  #showActions({ dataset, title, id }: HeadOptions): void {
    if (dataset === undefined) {
      return;
    }
    if (this.#actions.childElementCount === 0) {
      const now = (): string => this.#options?.dataset ?? dataset;
      placeChildren(this.#actions, [
        quietButton({
          label: l10n.t('Save'),
          name: l10n.t('Save: {0}', title),
          onClick: () => this.#tools.saveBlock(id),
        }),
        quietButton({
          label: 'SQL',
          name: l10n.t('SQL: {0}', title),
          onClick: () => this.#tools.openQuery(now()),
        }),
      ]);
    }
    const sql = this.#actions.lastElementChild;
    if (sql instanceof HTMLElement) {
      sql.hidden = this.#queries?.has(dataset) === false;
    }
  }
}
