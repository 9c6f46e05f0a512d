import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import {
  RESULTS_PROTOCOL,
  type ResultWish,
  type ToExtension,
  type ToPage,
} from '../../webview/results/protocol';
import { takeMessages, type MessageHandlers } from '../panels/pageMessages';
import { webviewHtml, webviewOptions } from '../panels/webviewHtml';
import { chartRows } from './chartRows';
import { clipboardText, copiedInWords } from './copyText';
import type { HeldResult } from './heldResult';
import type { QuerySession } from './querySession';
import { restorableOf } from './restorable';
import { isWithin, pageOf } from './resultPages';
import { parseResultsMessage } from './resultsMessages';
import type { SpecDocuments } from './specDocuments';
import type { ValueDocuments } from './valueDocuments';

/** What pages of results lead to outside of them. */
export interface ResultActions {
  readonly extensionUri: vscode.Uri;
  readonly values: ValueDocuments;
  readonly specs: SpecDocuments;
  readonly save: (held: HeldResult) => Promise<void>;
  readonly openTab: (held: HeldResult) => void;
  readonly showStatement: (text: string) => Promise<void>;
  readonly savePicture: (picture: Extract<ToExtension, { type: 'picture' }>) => Promise<void>;
  /** Another page or result is before the reader's eyes. */
  readonly onShown: () => void;
  /** Tells a failure that a message of a page led to. */
  readonly onError: (error: unknown) => void;
}

/** What a page without a result can offer. */
export type OfferHandlers = Readonly<Record<Extract<ToExtension, { type: 'offer' }>['offer'], () => unknown>>;

/** What commands are about: a page, whether it was drawn yet or not. */
export interface ShownPage {
  readonly session: QuerySession;
  /** The result before the reader's eyes. */
  readonly shown: HeldResult | undefined;
  post(message: ToPage): void;
}

/** A page of results in a webview and the session whose results it shows: the page draws, the rows stay here. */
export class ResultsChannel implements ShownPage, vscode.Disposable {
  readonly #webview: vscode.Webview;
  readonly session: QuerySession;
  readonly #actions: ResultActions;
  readonly #offers: OfferHandlers;
  readonly #messages: vscode.Disposable;
  #shownId: string | undefined;

  readonly #wishes: Readonly<Record<ResultWish, (held: HeldResult) => unknown>> = {
    showAll: ({ id }) => this.session.showAll(id),
    save: (held) => this.#actions.save(held),
    openTab: (held) => this.#actions.openTab(held),
    showStatement: ({ statement }) => this.#actions.showStatement(statement.text),
    close: ({ id }) => this.session.close(id),
  };

  readonly #handlers: MessageHandlers<ToExtension> = {
    ready: () => this.sendState(),
    cancel: () => this.session.cancel(),
    offer: ({ offer }) => this.#offers[offer](),
    shown: ({ resultId }) => {
      this.#shownId = resultId;
      this.#actions.onShown();
      this.sendState();
    },
    rows: ({ resultId, revision, offset, limit }) => {
      const held = this.session.held(resultId);
      if (held?.revision === revision) {
        this.post({ type: 'rows', resultId, revision, offset, columns: pageOf(held.shown, offset, limit) });
      }
    },
    copy: async ({ resultId, range, wish }) => {
      const held = this.session.held(resultId);
      if (held !== undefined && isWithin(held.shown, range)) {
        await vscode.env.clipboard.writeText(await clipboardText(held.shown, range, wish));
        this.post({ type: 'said', message: copiedInWords(range) });
      }
    },
    openValue: async ({ resultId, row, column }) => {
      const found = this.session.held(resultId)?.shown.columns[column];
      if (found !== undefined && row < found.length) {
        await this.#actions.values.open(found.name, found.at(row));
      }
    },
    narrow: ({ resultId, narrowing }) => this.session.narrow(resultId, narrowing),
    pin: ({ resultId, isPinned }) => this.session.pin(resultId, isPinned),
    chartData: ({ resultId }) => {
      const held = this.session.held(resultId);
      if (held !== undefined) {
        this.post({ type: 'chartData', resultId, revision: held.revision, rows: chartRows(held.shown) });
      }
    },
    editSpec: ({ resultId, text }) =>
      this.#actions.specs.open(text, (spec) => this.post({ type: 'spec', resultId, text: spec })),
    picture: (picture) => this.#actions.savePicture(picture),
    showAll: (message) => this.#wish(message),
    save: (message) => this.#wish(message),
    openTab: (message) => this.#wish(message),
    showStatement: (message) => this.#wish(message),
    close: (message) => this.#wish(message),
  };

  constructor(webview: vscode.Webview, session: QuerySession, actions: ResultActions, offers: OfferHandlers) {
    this.#webview = webview;
    this.session = session;
    this.#actions = actions;
    this.#offers = offers;
    webview.options = webviewOptions(actions.extensionUri);
    this.#messages = takeMessages(webview, {
      parse: parseResultsMessage,
      handlers: this.#handlers,
      onError: (error) => actions.onError(error),
    });
    webview.html = webviewHtml({
      webview,
      extensionUri: actions.extensionUri,
      title: l10n.t('Query Results'),
      scripts: ['results.js'],
      styles: ['results.css'],
    });
  }

  /** The result before the reader's eyes. */
  get shown(): HeldResult | undefined {
    const id = this.#shownId;
    return (id === undefined ? undefined : this.session.held(id)) ?? this.session.front;
  }

  /** Sends the session's state to the page. A hidden page receives nothing: it says `ready` when it is back. */
  sendState(): void {
    const { shown } = this;
    const restorable = shown && restorableOf(shown);
    this.post({ type: 'state', version: RESULTS_PROTOCOL, state: { ...this.session.state, restorable } });
  }

  post(message: ToPage): void {
    void this.#webview.postMessage(message);
  }

  dispose(): void {
    this.#messages.dispose();
  }

  #wish({ type, resultId }: { readonly type: ResultWish; readonly resultId: string }): unknown {
    const held = this.session.held(resultId);
    return held === undefined ? undefined : this.#wishes[type](held);
  }
}
