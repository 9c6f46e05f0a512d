import * as l10n from '@vscode/l10n';
import { element, showText } from '../shared/dom.mjs';
import { secondaryButton } from './pageParts.mjs';
import type { Offer, ResultHeader, ResultsState } from './protocol';

/** What runs, went wrong or can be done next, in words above the rows. */
export class WordsPart {
  readonly #words = element('p', { className: 'words' });
  readonly #offers = element('div', { className: 'offers' });
  readonly element = element('div', { className: 'message' }, this.#words, this.#offers);
  readonly #onOffer: (offer: Offer) => void;

  constructor(onOffer: (offer: Offer) => void) {
    this.#onOffer = onOffer;
  }

  show({ phase, message, offers }: ResultsState, shown: ResultHeader | undefined): void {
    const isProblem = phase === 'failed' || shown?.problem !== undefined;
    const empty = l10n.t('No result yet. Run a statement of a query with Ctrl+Enter (Cmd+Enter).');
    const words = phase === 'empty' ? empty : message === '' ? (shown?.problem ?? '') : message;
    showText(this.#words, words);
    this.#words.setAttribute('role', isProblem ? 'alert' : 'note');
    this.#offers.replaceChildren(
      ...offers.map((offer) => secondaryButton(offerInWords(offer), () => this.#onOffer(offer))),
    );
    this.element.hidden = words === '';
    this.element.classList.toggle('error', isProblem);
  }
}

function offerInWords(offer: Offer): string {
  const labels: Readonly<Record<Offer, string>> = {
    runAgain: l10n.t('Run Again'),
    runWithoutTimeLimit: l10n.t('Run Without Time Limit'),
    showStatement: l10n.t('Show Statement'),
  };
  return labels[offer];
}
