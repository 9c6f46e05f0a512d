import * as l10n from '@vscode/l10n';
import type { FailedBlock, PendingBlock } from '../../../reports/reportModel';
import { quietButton } from '../../shared/controls.mjs';
import { element, showText } from '../../shared/dom.mjs';
import type { BlockTools, BlockView } from './blockTools';

/** Keeps the place of a block whose numbers are still being read, about as high as it will be. */
export class PendingBlockView implements BlockView<PendingBlock> {
  readonly element = element('div', { attributes: { 'aria-busy': 'true' } });
  readonly #title = element('h3');

  constructor() {
    this.element.append(this.#title, element('p', { className: 'unseen', text: l10n.t('Reading…') }));
  }

  show({ title, of }: PendingBlock): void {
    this.element.className = `waiting panel of-${of}`;
    showText(this.#title, title);
  }
}

/** Says why a block has no numbers. */
export class FailedBlockView implements BlockView<FailedBlock> {
  readonly element = element('div', { className: 'failed panel' });
  readonly #title = element('h3');
  readonly #message = element('p', { className: 'failure' });

  constructor(tools: BlockTools) {
    this.element.append(
      this.#title,
      this.#message,
      element(
        'p',
        { className: 'buttons' },
        quietButton({ label: l10n.t('Try Again'), onClick: () => tools.refresh() }),
        quietButton({ label: l10n.t('Show Log'), onClick: () => tools.showLog() }),
      ),
    );
  }

  show({ title, message }: FailedBlock): void {
    showText(this.#title, title);
    showText(this.#message, message);
  }
}
