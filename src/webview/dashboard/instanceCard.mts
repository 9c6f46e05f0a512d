import * as l10n from '@vscode/l10n';
import { quietButton } from '../shared/controls.mjs';
import { element, showText } from '../shared/dom.mjs';
import { TileList } from '../shared/tileList.mjs';
import type { DashboardInstance, DashboardProgress, InstanceStanding, ToExtension } from './protocol';

/** A sign beside the words, so that a list can be looked over; never told by its colour alone. */
const SIGNS: Readonly<Record<InstanceStanding, string>> = {
  ok: '✓',
  incomplete: '!',
  failed: '✕',
  signIn: '✕',
  running: '↻',
  queued: '…',
  never: '–',
  paused: '‖',
};

/** One instance: how it stands, how fresh its numbers are, and what can be done about it. */
export class InstanceCard {
  readonly #title = element('h3');
  readonly #url = element('span', { className: 'url muted' });
  readonly #sign = element('span', { className: 'sign', attributes: { 'aria-hidden': 'true' } });
  readonly #status = element('span');
  readonly #freshness = element('p', { className: 'muted' });
  readonly #reason = element('p', { className: 'reason' });
  readonly #bar = element('progress', { attributes: { max: '1' } });
  readonly #progressText = element('span', { className: 'muted' });
  readonly #progress = element('div', { className: 'run' }, this.#bar, this.#progressText);
  readonly #figures = new TileList();
  readonly #sync: HTMLButtonElement;
  readonly #cancel: HTMLButtonElement;
  readonly #signIn: HTMLButtonElement;
  readonly #report: HTMLButtonElement;
  readonly element: HTMLElement;
  #id = 0;

  constructor(post: (message: ToExtension) => void) {
    this.#sync = quietButton({
      label: l10n.t('Sync'),
      onClick: () => post({ type: 'sync', instanceId: this.#id }),
    });
    this.#cancel = quietButton({
      label: l10n.t('Cancel'),
      onClick: () => post({ type: 'cancel', instanceId: this.#id }),
    });
    this.#signIn = quietButton({
      label: l10n.t('Enter Key'),
      className: 'primary',
      onClick: () => post({ type: 'signIn', instanceId: this.#id }),
    });
    this.#report = quietButton({
      label: l10n.t('Open Report'),
      onClick: () => post({ type: 'openReport', instanceId: this.#id }),
    });
    this.element = element(
      'li',
      { className: 'panel instance' },
      element(
        'div',
        { className: 'top' },
        element('div', { className: 'names' }, this.#title, this.#url),
        element('span', { className: 'standing' }, this.#sign, this.#status),
      ),
      this.#progress,
      this.#reason,
      this.#freshness,
      this.#figures.element,
      element('div', { className: 'buttons' }, this.#signIn, this.#sync, this.#cancel, this.#report),
    );
  }

  show(instance: DashboardInstance): void {
    const { id, name, url, standing, status, freshness, reason, progress, canCancel, figures } = instance;
    this.#id = id;
    showText(this.#title, name);
    this.#title.title = name;
    showText(this.#url, url);
    this.#url.title = url;
    this.element.dataset['standing'] = standing;
    showText(this.#sign, SIGNS[standing]);
    showText(this.#status, status);
    showText(this.#freshness, freshness);
    showText(this.#reason, reason);
    this.#figures.show(figures);
    this.#figures.element.hidden = figures.length === 0;
    this.#showProgress(name, progress);
    this.#showButtons(name, standing, canCancel);
  }

  #showProgress(name: string, progress: DashboardProgress | undefined): void {
    this.#progress.hidden = progress === undefined;
    if (progress === undefined) {
      return;
    }
    this.#bar.setAttribute('aria-label', l10n.t('Sync of {0}', name));
    if (progress.fraction === undefined) {
      this.#bar.removeAttribute('value');
    } else {
      this.#bar.value = progress.fraction;
    }
    showText(this.#progressText, progress.text);
  }

  #showButtons(name: string, standing: InstanceStanding, canCancel: boolean): void {
    const focused = document.activeElement;
    const isBusy = standing === 'running' || standing === 'queued';
    this.#signIn.hidden = standing !== 'signIn';
    this.#sync.hidden = isBusy || standing === 'signIn';
    this.#cancel.hidden = !canCancel;
    for (const made of [this.#signIn, this.#sync, this.#cancel, this.#report]) {
      made.setAttribute('aria-label', `${made.textContent}: ${name}`);
    }
    // A button that goes hands its focus to the one that takes its place.
    if (focused instanceof HTMLElement && focused.hidden && this.element.contains(focused)) {
      [this.#cancel, this.#sync, this.#signIn, this.#report].find(({ hidden }) => !hidden)?.focus();
    }
  }
}
