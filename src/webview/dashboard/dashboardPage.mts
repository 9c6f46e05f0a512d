import * as l10n from '@vscode/l10n';
import type { ReportSource } from '../../reports/reportSource';
import { DrawQueue } from '../shared/charts/drawQueue.mjs';
import { quietButton } from '../shared/controls.mjs';
import { element, placeChildren, showText } from '../shared/dom.mjs';
import { LiveStatus } from '../shared/liveStatus.mjs';
import { originWords, SourcePicker, sourceTitle } from '../shared/sourcePicker.mjs';
import { FiguresView } from './figuresView.mjs';
import { InstanceCard } from './instanceCard.mjs';
import type {
  DashboardInstance,
  DashboardState,
  InstanceStanding,
  SavedDashboard,
  ToExtension,
} from './protocol';

const RUNNING: ReadonlySet<InstanceStanding> = new Set(['running', 'queued']);

export interface PageHost {
  post(message: ToExtension): void;
  /** Keeps what is picked for the next session. */
  save(state: SavedDashboard): void;
}

/** How all instances stand right now. What stays the same from one state to the next is not touched. */
export class DashboardPage {
  readonly #host: PageHost;
  readonly #status = new LiveStatus();
  readonly #subject = element('p', { className: 'subject' });
  readonly #origin = element('p', { className: 'subject' });
  readonly #syncAll: HTMLButtonElement;
  readonly #cancelAll: HTMLButtonElement;
  readonly #picker: SourcePicker;
  readonly #figures: FiguresView;
  readonly #section: HTMLElement;
  readonly #instances = element('ul', { className: 'instances', attributes: { role: 'list' } });
  readonly #nothing: HTMLElement;
  readonly #content: HTMLElement;
  readonly #cards = new Map<number, InstanceCard>();
  readonly #standings = new Map<number, InstanceStanding>();
  #state: DashboardState | undefined;
  /** Another source was picked, and the extension has not answered yet. */
  #isPicked = false;
  /** Somebody on this page asked for what is being read, and wants to hear when it is there. */
  #isAwaited = false;

  constructor(root: HTMLElement, host: PageHost) {
    const post = (message: ToExtension): void => host.post(message);
    this.#host = host;
    this.#syncAll = quietButton({
      label: l10n.t('Sync All'),
      className: 'primary',
      onClick: () => post({ type: 'sync' }),
    });
    this.#cancelAll = quietButton({
      label: l10n.t('Cancel All Syncs'),
      onClick: () => post({ type: 'cancel' }),
    });
    this.#picker = new SourcePicker((source) => this.#pick(source));
    this.#figures = new FiguresView(new DrawQueue(), {
      tryAgain: () => {
        this.#isAwaited = true;
        post({ type: 'refresh' });
      },
      readMirror: () => this.#pick(undefined),
      showLog: () => post({ type: 'showLog' }),
    });
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
    this.#section = section('instances', l10n.t('Instances'), this.#instances);
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
      this.#section,
    );
    this.#content.hidden = true;
    this.#nothing.hidden = true;
    root.append(
      element(
        'header',
        {},
        element('h1', { text: l10n.t('Dashboard') }),
        this.#subject,
        this.#origin,
        this.#picker.element,
      ),
      this.#nothing,
      this.#content,
      this.#status.element,
    );
    this.#status.showActivity(l10n.t('Loading…'));
  }

  show(state: DashboardState): void {
    // What was on its way when another source was picked is of no use any more.
    if (this.#isPicked && state.source !== this.#state?.source) {
      return;
    }
    this.#isPicked = false;
    this.#draw(state);
    this.#tellOfNumbers(state);
    this.#status.showActivity(undefined);
  }

  #draw(state: DashboardState): void {
    const { day, comparedWith, zone, source, warehouses, instances, figures } = state;
    this.#state = state;
    this.#host.save({ source });
    const facts = [
      day,
      ...(comparedWith === undefined ? [] : [l10n.t('compared with {0}', comparedWith)]),
      l10n.t('times in {0}', zone),
    ];
    showText(this.#subject, facts.join(' · '));
    const origin = figures.phase === 'ready' ? figures.origin : undefined;
    showText(this.#origin, origin && `${originWords(origin)} · ${origin.freshness}`);
    this.#picker.show(source, warehouses);
    // A warehouse may hold instances that this machine does not sync.
    const isOfMirror = source === undefined;
    this.#nothing.hidden = instances.length > 0 || !isOfMirror;
    this.#content.hidden = instances.length === 0 && isOfMirror;
    this.#section.hidden = instances.length === 0;
    this.#showActions(instances);
    this.#figures.show(figures);
    this.#showInstances(instances);
  }

  followTheme(hasOtherFont: boolean): void {
    this.#figures.followTheme(hasOtherFont);
  }

  /** Numbers of another source go at once: they would stand under a name that is not theirs. */
  #pick(source: ReportSource | undefined): void {
    this.#isAwaited = true;
    this.#host.post({ type: 'source', source });
    if (this.#state !== undefined) {
      this.#isPicked = true;
      const instances = this.#state.instances.map((instance) => ({ ...instance, figures: [] }));
      this.#draw({ ...this.#state, source, instances, figures: { phase: 'loading' } });
    }
  }

  #showActions(instances: readonly DashboardInstance[]): void {
    this.#syncAll.hidden = instances.length === 0;
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
        const card = this.#cards.get(instance.id) ?? new InstanceCard((message) => this.#host.post(message));
        this.#cards.set(instance.id, card);
        card.show(instance);
        this.#tellOfEnd(instance);
        return card.element;
      }),
    );
  }

  /** Says that numbers are there which somebody asked for; a failure says so itself. */
  #tellOfNumbers({ source, figures }: DashboardState): void {
    if (!this.#isAwaited || figures.phase === 'loading' || (figures.phase === 'ready' && figures.isStale)) {
      return;
    }
    this.#isAwaited = false;
    if (figures.phase === 'ready') {
      this.#status.say(l10n.t('{0}: {1}, updated.', l10n.t('Dashboard'), sourceTitle(source)));
    }
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
