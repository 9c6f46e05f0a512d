import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { SavedConversation } from '../../webview/conversation/protocol';
import type { Core } from '../core';
import { showDemoGone } from '../demo/goneTab';
import { parseSavedConversation } from './conversationMessages';
import { webviewOptions } from '../panels/webviewHtml';
import { CONVERSATION_VIEW, ConversationPanel } from './conversationPanel';
import type { FoundIn } from './conversationSession';

/** A chat that no search led to. */
export const NOTHING_FOUND: FoundIn = { needles: [], messageId: undefined };

/** The open chats, each in one tab. */
export class ConversationPanels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #core: Core;
  readonly #panels = new Set<ConversationPanel>();
  readonly #subscription: vscode.Disposable;

  constructor(core: Core) {
    this.#core = core;
    this.#subscription = core.sources.onDidChange(() => this.#closeWithoutSource());
  }

  /** Shows a chat of a source, in its open tab if there is one. */
  open(chat: SavedConversation, found: FoundIn): void {
    const open = [...this.#panels].find(
      ({ saved }) => saved.chatId === chat.chatId && saved.source === chat.source,
    );
    if (open !== undefined) {
      open.reveal(found);
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      CONVERSATION_VIEW,
      l10n.t('Chat'),
      vscode.ViewColumn.Active,
      {
        ...webviewOptions(this.#core.context.extensionUri),
        enableFindWidget: true,
      },
    );
    this.#add(panel, chat, found);
  }

  /** Called by VS Code for a tab of an earlier session; one whose chat is not known is closed. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const kept = parseSavedConversation(state);
    if (kept === undefined) {
      panel.dispose();
      return;
    }
    if (kept.source !== undefined) {
      await this.#core.sources.known;
    }
    panel.webview.options = webviewOptions(this.#core.context.extensionUri);
    this.#add(panel, kept, NOTHING_FOUND);
  }

  dispose(): void {
    this.#subscription.dispose();
    for (const panel of this.#panels) {
      panel.dispose();
    }
  }

  /** Tabs of a demo go with it. */
  #closeWithoutSource(): void {
    for (const panel of this.#panels) {
      if (this.#core.sources.find(panel.saved.source ?? 'mirror') === undefined) {
        panel.dispose();
      }
    }
  }

  #add(panel: vscode.WebviewPanel, chat: SavedConversation, found: FoundIn): void {
    const source = this.#core.sources.find(chat.source ?? 'mirror');
    if (source === undefined) {
      showDemoGone(panel, this.#core.sources, () => this.#add(panel, chat, found));
      return;
    }
    const { reader, sourceId } = source;
    const conversation = new ConversationPanel(
      panel,
      { ...this.#core, reader, sourceId },
      chat.chatId,
      found,
    );
    this.#panels.add(conversation);
    conversation.onDidDispose(() => this.#panels.delete(conversation));
  }
}
