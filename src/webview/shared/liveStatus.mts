import { progressRing } from './controls.mjs';
import { element } from './dom.mjs';

/** How long a remark stays. */
const SAID_MS = 4000;

/** What is going on, in a corner of the page and politely for screen readers. */
export class LiveStatus {
  readonly element = element('div', { className: 'progress', attributes: { role: 'status' } });
  readonly #activity = element('span', { className: 'activity' });
  readonly #activityText = element('span');
  readonly #said = element('span');
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.#activity.append(progressRing(), this.#activityText);
    this.#activity.hidden = true;
    this.#said.hidden = true;
    this.element.append(this.#activity, this.#said);
  }

  /** Something that takes time; undefined when it is over. */
  showActivity(text: string | undefined): void {
    this.#activity.hidden = text === undefined;
    if (this.#activityText.textContent !== (text ?? '')) {
      this.#activityText.textContent = text ?? '';
    }
  }

  /** Says something for a while. */
  say(text: string): void {
    clearTimeout(this.#timer);
    this.#said.textContent = text;
    this.#said.hidden = false;
    this.#timer = setTimeout(() => {
      this.#said.textContent = '';
      this.#said.hidden = true;
    }, SAID_MS);
  }
}
