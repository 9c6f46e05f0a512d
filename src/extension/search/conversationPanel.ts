import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import {
  CONVERSATION_PROTOCOL,
  type SavedConversation,
  type ToExtension,
  type ToPage,
} from '../../webview/conversation/protocol';
import { reportFailure } from '../commands/registry';
import type { Core } from '../core';
import { Disposables } from '../disposables';
import { detailOf } from '../errors';
import { settingOf } from '../sources/servicesOf';
import { takeMessages, type MessageHandlers } from '../panels/pageMessages';
import { tabTitle } from '../panels/scopeName';
import { tabIcon, webviewHtml } from '../panels/webviewHtml';
import { parseConversationMessage } from './conversationMessages';
import { ConversationSession, type FoundIn } from './conversationSession';

/** View type in the manifest's `onWebviewPanel` event. */
export const CONVERSATION_VIEW = 'openwebuiSync.conversation';

/** A tab shows the beginning of a long title. */
const MAX_TITLE = 40;

/** What a tab works with; the reader is that of the chat's source. */
export type ConversationServices = Pick<Core, 'reader' | 'sourceId' | 'texts' | 'log' | 'context'>;

/** A chat in an editor tab, to be read only. */
export class ConversationPanel implements vscode.Disposable {
  readonly #panel: vscode.WebviewPanel;
  readonly #core: ConversationServices;
  readonly #session: ConversationSession;
  readonly #owned = new Disposables();

  readonly #handlers: MessageHandlers<ToExtension> = {
    ready: () => this.#send(),
    retry: () => this.#session.load(),
    content: async ({ messageId, isWhole }) => {
      const content = await this.#session.content(messageId, isWhole);
      if (content !== undefined) {
        this.#post({ type: 'content', messageId, content });
      }
    },
    openText: async ({ messageId }) => {
      const text = await this.#session.wholeText(messageId);
      if (text !== undefined) {
        await this.#core.texts.open({ title: `${this.#panel.title}.md`, text, language: 'markdown' });
      }
    },
  };

  constructor(panel: vscode.WebviewPanel, core: ConversationServices, chatId: number, found: FoundIn) {
    this.#panel = panel;
    this.#core = core;
    this.#session = new ConversationSession(chatId, found, {
      reader: core.reader,
      onChange: () => this.#send(),
      onError: (error) => core.log.error(`Conversation: ${detailOf(error)}`),
    });
    this.#owned.add(
      takeMessages(panel.webview, {
        parse: parseConversationMessage,
        handlers: this.#handlers,
        onUnknown: () => core.log.warn('The page of a chat sent a message that is not understood.'),
        onError: (error) => reportFailure(core.log, 'Chat', error),
      }),
    );
    panel.onDidDispose(() => this.dispose());
    panel.iconPath = tabIcon(core.context.extensionUri, 'chat');
    panel.webview.html = webviewHtml({
      webview: panel.webview,
      extensionUri: core.context.extensionUri,
      title: l10n.t('Chat'),
      scripts: ['conversation.js'],
      styles: ['conversation.css'],
    });
    void this.#session.load();
  }

  /** What its page keeps. */
  get saved(): SavedConversation {
    return { chatId: this.#session.chatId, ...settingOf(this.#core.sourceId) };
  }

  /** Called once when the tab is closed. */
  onDidDispose(listener: () => void): void {
    this.#panel.onDidDispose(listener);
  }

  /** Brings the tab to the front, with what was found now. */
  reveal(found: FoundIn): void {
    this.#panel.reveal();
    void this.#session.load(found);
  }

  dispose(): void {
    this.#owned.dispose();
    this.#panel.dispose();
  }

  /** A hidden page receives nothing: it says `ready` when it is back. */
  #send(): void {
    const { state } = this.#session;
    const { saved } = this;
    if (state.phase === 'ready') {
      const title = cutTitle(state.conversation.title ?? l10n.t('Untitled Chat'));
      this.#panel.title = tabTitle(title, saved.source);
    }
    this.#post({ type: 'state', version: CONVERSATION_PROTOCOL, saved, state });
  }

  #post(message: ToPage): void {
    void this.#panel.webview.postMessage(message);
  }
}

function cutTitle(title: string): string {
  const line = title.replaceAll(/\s+/gu, ' ').trim();
  return line.length > MAX_TITLE ? `${line.slice(0, MAX_TITLE).trimEnd()}…` : line;
}
