import * as l10n from '@vscode/l10n';
import type { ReportModel, ReportPart } from '../../reports/reportModel';
import type { ReportSettings } from '../../reports/reportSettings';
import { base64Of, type PictureFormat } from '../shared/charts/chartPicture.mjs';
import { DrawQueue } from '../shared/charts/drawQueue.mjs';
import { button } from '../shared/controls.mjs';
import { LiveStatus } from '../shared/liveStatus.mjs';
import { failureNotice, notice } from '../shared/notice.mjs';
import { linkWords } from './links';
import type { ReportChoices, ReportEnd, ReportState, ToExtension, ToPage } from './protocol';
import { ReportContent } from './reportContent.mjs';
import { ReportToolbar, type ShownReport } from './toolbar/reportToolbar.mjs';
import { UpdateTiming } from './updateTiming.mjs';

type StateMessage = Extract<ToPage, { type: 'state' }>;

export interface PageHost {
  post(message: ToExtension): void;
  /** Keeps what is picked for the next session. */
  save(settings: ReportSettings): void;
  /** A whole report is laid out. */
  onShown(): void;
}

/** The report's page: draws whatever the extension sends and keeps nothing but what is on the screen. */
export class ReportPage {
  readonly #host: PageHost;
  readonly #timing = new UpdateTiming();
  readonly #queue = new DrawQueue((isLast) => this.#timing.chartDrawn(isLast));
  readonly #status = new LiveStatus();
  readonly #toolbar: ReportToolbar;
  readonly #content: ReportContent;
  #settings: ReportSettings | undefined;
  #choices: ReportChoices | undefined;
  #shown: ShownReport | undefined;
  /** Somebody on this page asked for what is being built, and wants to hear when it is there. */
  #isAwaited = false;

  constructor(root: HTMLElement, host: PageHost) {
    this.#host = host;
    this.#toolbar = new ReportToolbar({
      change: (changes) => this.#change(changes),
      post: (message) => this.#post(message),
    });
    this.#content = new ReportContent({
      queue: this.#queue,
      follow: (link) => this.#post({ type: 'follow', link }),
      linkWords: (link) => linkWords(link, this.#choices?.reports ?? []),
      saveBlock: (blockId) => this.#post({ type: 'saveBlock', blockId }),
      openQuery: (queryId) => this.#post({ type: 'openQuery', queryId }),
      tableOf: (blockId) => this.#settings?.tables[blockId] ?? {},
      changeTable: (blockId, table) =>
        this.#change({ tables: { ...this.#settings?.tables, [blockId]: table } }),
      refresh: () => this.#post({ type: 'refresh' }),
      showLog: () => this.#post({ type: 'showLog' }),
    });
    root.append(this.#toolbar.element, this.#content.element, this.#status.element);
    this.#status.showActivity(l10n.t('Loading…'));
  }

  /** Shows a state of the extension. */
  show({ settings, choices, state }: StateMessage): void {
    this.#settings = settings;
    this.#choices = choices;
    this.#host.save(settings);
    if (state.phase === 'ready') {
      this.#shown = state.model;
    }
    this.#showToolbar();
    this.#showState(state);
  }

  /** Shows what a report that is being built has new. */
  showPart(part: ReportPart): void {
    switch (part.type) {
      case 'frame':
        if (!this.#isWanted(part.model)) {
          return;
        }
        this.#timing.begin();
        this.#shown = part.model;
        this.#showToolbar();
        this.#content.showFrame(part.model);
        this.#status.showActivity(l10n.t('Reading…'));
        return;
      case 'block':
        this.#content.showBlock(part.block, part.datasets);
        if (part.block.type !== 'chart') {
          this.#timing.figuresShown();
        }
    }
  }

  showEnd(end: ReportEnd): void {
    if (!this.#isWanted(end)) {
      return;
    }
    this.#timing.allPartsThere();
    this.#shown = end;
    this.#showToolbar();
    this.#endOf(end, () => this.#content.showEnd(end));
  }

  /** Says something for a while, for screen readers too. */
  announce(message: string): void {
    this.#status.say(message);
  }

  followTheme(hasOtherFont: boolean): void {
    this.#content.followTheme(hasOtherFont);
  }

  /** Answers a request for a chart as a file. */
  async sendPicture(blockId: string, format: PictureFormat): Promise<void> {
    try {
      const base64 = await base64Of(await this.#content.picture(blockId, format));
      this.#post({ type: 'picture', blockId, base64 });
    } catch (error) {
      const failure = error instanceof Error ? error.message : String(error);
      this.#post({ type: 'picture', blockId, failure });
    }
  }

  #showState(state: ReportState): void {
    switch (state.phase) {
      case 'loading':
        this.#markStale();
        this.#status.showActivity(l10n.t('Building the report…'));
        return;
      case 'empty':
        this.#showInstead(
          notice(
            state.message,
            button({ label: l10n.t('Sync'), onClick: () => this.#post({ type: 'sync' }) }),
          ),
        );
        return;
      case 'failed':
        this.#showInstead(
          failureNotice(state.message, {
            tryAgain: () => this.#post({ type: 'refresh' }),
            readMirror: state.isOfWarehouse === true ? () => this.#change({ source: undefined }) : undefined,
            showLog: () => this.#post({ type: 'showLog' }),
          }),
        );
        return;
      case 'ready':
        this.#showModel(state.model, state.isStale);
    }
  }

  #showModel(model: ReportModel, isStale: boolean): void {
    if (!isStale) {
      this.#endOf(model, () => this.#content.showWhole(model));
      return;
    }
    // What is on the screen may be ahead of the last whole report.
    if (this.#content.reportId !== model.reportId && !model.isEmpty) {
      this.#content.showWhole(model);
    }
    this.#content.markStale(model.settings.source);
    this.#status.showActivity(l10n.t('Updating…'));
  }

  /** A build is over: it says so where somebody waits for it. */
  #endOf(end: ReportEnd, show: () => void): void {
    if (end.isEmpty) {
      this.#content.showInstead(this.#emptyPeriod(end), end.settings.source, end);
    } else {
      show();
    }
    this.#status.showActivity(undefined);
    if (this.#isAwaited) {
      this.#isAwaited = false;
      this.#status.say(l10n.t('{0}: {1}, updated.', end.title, end.period.title));
    }
    this.#host.onShown();
  }

  #showInstead(said: HTMLElement): void {
    this.#status.showActivity(undefined);
    this.#content.showInstead(said, this.#settings?.source);
  }

  #emptyPeriod({ period, knownDays, filters }: ReportEnd): HTMLElement {
    if (knownDays === undefined) {
      return notice(
        l10n.t('No messages yet.'),
        button({ label: l10n.t('Sync'), onClick: () => this.#post({ type: 'sync' }) }),
      );
    }
    return notice(
      filters.length === 0
        ? l10n.t('No messages in this period ({0}). There are messages of {1}.', period.days, knownDays)
        : l10n.t(
            'No messages that these filters leave in this period ({0}). There are messages of {1}.',
            period.days,
            knownDays,
          ),
      button({
        label: l10n.t('Show All Time'),
        onClick: () => this.#change({ period: { kind: 'preset', preset: 'all' } }),
      }),
      ...(filters.length === 0
        ? []
        : [
            button({
              label: l10n.t('Remove Filters'),
              isSecondary: true,
              onClick: () => this.#change({ filter: {} }),
            }),
          ]),
    );
  }

  #showToolbar(): void {
    if (this.#settings !== undefined && this.#choices !== undefined) {
      this.#toolbar.show(this.#settings, this.#choices, this.#shown);
    }
  }

  #change(changes: Partial<ReportSettings>): void {
    if (this.#settings === undefined) {
      return;
    }
    // The next wish may come before the extension has answered this one.
    this.#settings = { ...this.#settings, ...changes };
    this.#post({ type: 'change', settings: this.#settings });
    this.#showToolbar();
  }

  #post(message: ToExtension): void {
    if (message.type === 'change' || message.type === 'refresh') {
      this.#isAwaited = true;
      this.#timing.ask();
      this.#markStale();
    }
    this.#host.post(message);
  }

  /** What was on its way when another source was picked is of no use any more. */
  #isWanted({ settings }: ReportEnd): boolean {
    return settings.source === this.#settings?.source;
  }

  /** Newer numbers are being read. Those of another source go at once: they would stand under a name that is not theirs. */
  #markStale(): void {
    this.#content.markStale(this.#settings?.source);
  }
}
