import * as vscode from 'vscode';
import type { Core } from '../core';
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

  constructor(core: Core) {
    this.#core = core;
  }

  /** Shows a chat, in its open tab if there is one. */
  open(chatId: number, found: FoundIn): void {
    const open = [...this.#panels].find((panel) => panel.chatId === chatId);
    if (open !== undefined) {
      open.reveal(found);
      return;
    }
    const panel = vscode.window.createWebviewPanel(CONVERSATION_VIEW, 'Chat', vscode.ViewColumn.Active, {
      ...webviewOptions(this.#core.context.extensionUri),
      enableFindWidget: true,
    });
    this.#add(panel, chatId, found);
  }

  /** Called by VS Code for a tab of an earlier session; one whose chat is not known is closed. */
  deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const kept = parseSavedConversation(state);
    if (kept === undefined) {
      panel.dispose();
    } else {
      panel.webview.options = webviewOptions(this.#core.context.extensionUri);
      this.#add(panel, kept.chatId, NOTHING_FOUND);
    }
    return Promise.resolve();
  }

  dispose(): void {
    for (const panel of this.#panels) {
      panel.dispose();
    }
  }

  #add(panel: vscode.WebviewPanel, chatId: number, found: FoundIn): void {
    const conversation = new ConversationPanel(panel, this.#core, chatId, found);
    this.#panels.add(conversation);
    conversation.onDidDispose(() => this.#panels.delete(conversation));
  }
}
