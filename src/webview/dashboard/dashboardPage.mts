import * as l10n from '@vscode/l10n';
import { DrawQueue } from '../shared/charts/drawQueue.mjs';
import { quietButton } from '../shared/controls.mjs';
import { element, placeChildren, showText } from '../shared/dom.mjs';
import { LiveStatus } from '../shared/liveStatus.mjs';
import { FiguresView } from './figuresView.mjs';
import { InstanceCard } from './instanceCard.mjs';
import type { DashboardInstance, DashboardState, InstanceStanding, ToExtension } from './protocol';

const RUNNING: ReadonlySet<InstanceStanding> = new Set(['running', 'queued']);

/** How all instances stand right now. What stays the same from one state to the next is not touched. */
export class DashboardPage {
  readonly #post: (message: ToExtension) => void;
  readonly #status = new LiveStatus();
  readonly #subject = element('p', { className: 'subject' });
  readonly #syncAll: HTMLButtonElement;
  readonly #cancelAll: HTMLButtonElement;
  readonly #figures: FiguresView;
  readonly #instances = element('ul', { className: 'instances', attributes: { role: 'list' } });
  readonly #nothing: HTMLElement;
  readonly #content: HTMLElement;
  readonly #cards = new Map<number, InstanceCard>();
  readonly #standings = new Map<number, InstanceStanding>();

  constructor(root: HTMLElement, post: (message: ToExtension) => void) {
    this.#post = post;
    this.#syncAll = quietButton({
      label: l10n.t('Sync All'),
      className: 'primary',
      onClick: () => post({ type: 'sync' }),
    });
    this.#cancelAll = quietButton({
      label: l10n.t('Cancel All Syncs'),
      onClick: () => post({ type: 'cancel' }),
    });
    this.#figures = new FiguresView(new DrawQueue(), post);
    this.#nothing = element(
      'div',
      { className: 'notice' },
      element('p', { text: l10n.t('No Open WebUI server is added yet.') }),
      element(
        'div',
        { className: 'buttons' },
        quietButton({
          label: l10n.t('Add Instance'),
          className: 'primary',
          onClick: () => post({ type: 'addInstance' }),
        }),
      ),
    );
    this.#content = element(
      'div',
      {},
      element(
        'div',
        { className: 'buttons' },
        this.#syncAll,
        this.#cancelAll,
        quietButton({ label: l10n.t('Open Report'), onClick: () => post({ type: 'openReport' }) }),
      ),
      this.#figures.element,
      section('instances', l10n.t('Instances'), this.#instances),
    );
    this.#content.hidden = true;
    this.#nothing.hidden = true;
    root.append(
      element('header', {}, element('h1', { text: l10n.t('Dashboard') }), this.#subject),
      this.#nothing,
      this.#content,
      this.#status.element,
    );
    this.#status.showActivity(l10n.t('Loading…'));
  }

  show(state: DashboardState): void {
    const { day, comparedWith, zone, source, instances, figures } = state;
    const facts = [
      day,
      ...(comparedWith === undefined ? [] : [l10n.t('compared with {0}', comparedWith)]),
      l10n.t('times in {0}', zone),
      ...(source === undefined ? [] : [source]),
    ];
    showText(this.#subject, facts.join(' · '));
    this.#nothing.hidden = instances.length > 0;
    this.#content.hidden = instances.length === 0;
    this.#showActions(instances);
    this.#figures.show(figures);
    this.#showInstances(instances);
    this.#status.showActivity(undefined);
  }

  followTheme(hasOtherFont: boolean): void {
    this.#figures.followTheme(hasOtherFont);
  }

  #showActions(instances: readonly DashboardInstance[]): void {
    const canCancel = instances.some((instance) => instance.canCancel);
    const hadFocus = document.activeElement === this.#cancelAll;
    this.#cancelAll.hidden = !canCancel;
    if (hadFocus && !canCancel) {
      this.#syncAll.focus();
    }
  }

  #showInstances(instances: readonly DashboardInstance[]): void {
    const ids = new Set(instances.map(({ id }) => id));
    for (const id of [...this.#cards.keys()].filter((known) => !ids.has(known))) {
      this.#cards.delete(id);
      this.#standings.delete(id);
    }
    placeChildren(
      this.#instances,
      instances.map((instance) => {
        const card = this.#cards.get(instance.id) ?? new InstanceCard(this.#post);
        this.#cards.set(instance.id, card);
        card.show(instance);
        this.#tellOfEnd(instance);
        return card.element;
      }),
    );
  }

  /** Says how a sync ended; each of its steps would be too much to hear. */
  #tellOfEnd({ id, name, standing, status }: DashboardInstance): void {
    const before = this.#standings.get(id);
    this.#standings.set(id, standing);
    if (before !== undefined && RUNNING.has(before) && !RUNNING.has(standing)) {
      this.#status.say(`${name}: ${status}`);
    }
  }
}

function section(id: string, title: string, content: HTMLElement): HTMLElement {
  const heading = element('h2', { text: title, attributes: { id: `section-${id}` } });
  return element('section', { attributes: { 'aria-labelledby': heading.id } }, heading, content);
}
