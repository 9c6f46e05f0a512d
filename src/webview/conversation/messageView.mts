import * as l10n from '@vscode/l10n';
import type { ConversationMessage, MessageContent } from '../../store/search/conversationTypes';
import type { MarkFinder } from '../../store/search/findMarks';
import { element } from '../shared/dom.mjs';
import type { ShownMessage } from './branches';
import { keepInView } from './keepInView.mjs';
import { MOST_CHARS } from './protocol';
import { textView } from './textView.mjs';
import { absenceWords, badgesOf, factWords, roleWords } from './words';
import { countOf, formatCount } from '../../language/numbers';

/** What a message's buttons do. */
export interface MessageActions {
  /** Shows another version of a message. */
  readonly showVersion: (messageId: number) => void;
  readonly loadContent: (messageId: number, isWhole: boolean) => void;
  readonly openText: (messageId: number) => void;
}

/** A message as the page shows it. */
export class MessageView {
  readonly element: HTMLElement;
  readonly id: number;
  readonly #find: MarkFinder | undefined;
  readonly #actions: MessageActions;
  readonly #body = element('div', { className: 'body' });
  #content: MessageContent;

  constructor(shown: ShownMessage, find: MarkFinder | undefined, actions: MessageActions) {
    const { message } = shown;
    this.#find = find;
    this.#actions = actions;
    this.#content = message.content;
    this.id = message.id;
    const headingId = `message-${message.id}`;
    const facts = factWords(message);
    this.element = element(
      'article',
      {
        className: message.isDeleted ? 'message deleted' : 'message',
        attributes: { 'aria-labelledby': headingId, 'data-role': message.role, tabindex: '-1' },
      },
      element(
        'header',
        {},
        element('h2', { text: headingOf(message), attributes: { id: headingId } }),
        ...badgesOf(message).map(({ word, meaning }) =>
          element('span', { className: 'badge', text: word, attributes: { title: meaning } }),
        ),
        element('time', { text: message.time }),
        this.#versions(shown),
      ),
      this.#body,
      facts.length === 0 ? undefined : element('footer', { text: facts.join(' · ') }),
    );
    this.#draw();
  }

  /** The text has not come along yet. */
  get isWaiting(): boolean {
    return this.#content.kind === 'text' && this.#content.text === '';
  }

  /** Shows a text that came later. */
  setContent(content: MessageContent): void {
    this.#content = content;
    this.#draw();
  }

  /** Marks the message as the one that was found, and brings it into view. */
  reveal(): void {
    this.element.classList.add('found');
    this.element.focus({ preventScroll: true });
    const mark = this.element.querySelector('mark');
    keepInView(mark ?? this.element, mark === null ? 'start' : 'center');
  }

  /** Puts the cursor back on the switch that was used. */
  focusVersion(isNext: boolean): void {
    const buttons = this.element.querySelectorAll<HTMLButtonElement>('.versions button');
    const [previous, next] = buttons;
    const wanted = isNext ? next : previous;
    (wanted?.disabled === true ? (isNext ? previous : next) : wanted)?.focus();
  }

  #draw(): void {
    const content = this.#content;
    if (content.kind !== 'text') {
      this.#body.replaceChildren(element('p', { className: 'absent', text: absenceWords(content) }));
      return;
    }
    this.#body.replaceChildren(textView(content.text, this.#find), ...this.#more(content));
  }

  /** What is done about a text that is longer than what is shown. */
  #more({ text, chars }: Extract<MessageContent, { readonly kind: 'text' }>): readonly HTMLElement[] {
    if (text.length >= chars) {
      return [];
    }
    if (text.length >= MOST_CHARS - 1) {
      const words = l10n.t('{0} of {1} are shown.', formatCount(text.length), countOf(chars, 'character'));
      return [
        element('p', { className: 'absent', text: words }),
        button(l10n.t('Open in Editor'), () => this.#actions.openText(this.id)),
      ];
    }
    const label =
      text === '' ? l10n.t('Show') : chars > MOST_CHARS ? l10n.t('Show More') : l10n.t('Show All');
    return [
      button(`${label} (${countOf(chars, 'character')})`, () =>
        this.#actions.loadContent(this.id, text !== ''),
      ),
    ];
  }

  #versions({ message, siblingIds }: ShownMessage): HTMLElement | undefined {
    if (siblingIds.length < 2) {
      return undefined;
    }
    const index = siblingIds.indexOf(message.id);
    const step = (label: string, sign: string, to: number): HTMLElement => {
      const made = button(sign, () => {
        const target = siblingIds[to];
        if (target !== undefined) {
          this.#actions.showVersion(target);
        }
      });
      made.setAttribute('aria-label', label);
      made.title = label;
      made.disabled = siblingIds[to] === undefined;
      return made;
    };
    return element(
      'span',
      {
        className: 'versions',
        attributes: { role: 'group', 'aria-label': l10n.t('Versions of this message') },
      },
      step(l10n.t('Previous Version'), '‹', index - 1),
      element('span', { text: l10n.t('{0} of {1}', index + 1, siblingIds.length) }),
      step(l10n.t('Next Version'), '›', index + 1),
    );
  }
}

function headingOf({ role, model }: ConversationMessage): string {
  return model === undefined ? roleWords(role) : `${roleWords(role)} · ${model}`;
}

function button(label: string, onClick: () => void): HTMLButtonElement {
  const made = element('button', { text: label, attributes: { type: 'button' } });
  made.addEventListener('click', onClick);
  return made;
}
