import * as l10n from '@vscode/l10n';
import type { SentenceModel, TextBlock as Block } from '../../../reports/reportModel';
import { quietButton } from '../../shared/controls.mjs';
import { element } from '../../shared/dom.mjs';
import { keepingFocus } from '../../shared/focus.mjs';
import { BlockHead } from './blockHead.mjs';
import type { BlockTools, BlockView } from './blockTools';
import { translated } from '../../../language/translated';

/** How a tone is told: never by its colour alone. */
const TONES = translated<
  Readonly<Record<SentenceModel['tone'], { readonly mark: string; readonly word: string }>>
>(() => ({
  alert: { mark: '!', word: l10n.t('Needs attention: ') },
  notable: { mark: '●', word: l10n.t('Notable: ') },
  plain: { mark: '–', word: '' },
}));

/** Statements about the numbers, with what stands behind them. */
export class TextBlockView implements BlockView<Block> {
  readonly element = element('div', { className: 'text panel', attributes: { tabindex: '-1' } });
  readonly #tools: BlockTools;
  readonly #head: BlockHead;
  readonly #sentences = element('ul', { className: 'sentences', attributes: { role: 'list' } });

  constructor(tools: BlockTools) {
    this.#tools = tools;
    const head = element('div');
    this.#head = new BlockHead(head, tools);
    this.element.append(head, this.#sentences);
  }

  show({ id, title, description, sentences }: Block): void {
    this.#head.show({ id, title, description });
    keepingFocus(this.#sentences, this.element, () =>
      this.#sentences.replaceChildren(...sentences.map((sentence) => this.#sentence(sentence))),
    );
  }

  #sentence({ text, tone, details, link }: SentenceModel): HTMLElement {
    const { mark, word } = TONES[tone];
    return element(
      'li',
      { className: tone },
      element('span', { className: 'mark', text: mark, attributes: { 'aria-hidden': 'true' } }),
      element(
        'div',
        {},
        element(
          'p',
          {},
          word === '' ? undefined : element('span', { className: 'unseen', text: word }),
          element('span', { text }),
        ),
        details.length === 0
          ? undefined
          : element(
              'ul',
              { className: 'details' },
              ...details.map((detail) => element('li', { text: detail })),
            ),
        link &&
          quietButton({
            label: this.#tools.linkWords(link),
            className: 'link',
            key: JSON.stringify(link),
            onClick: () => this.#tools.follow(link),
          }),
      ),
    );
  }
}
