import * as vscode from 'vscode';
import type { StoreReader } from '../../store/reader';
import type { CoreFeature } from '../core';
import { detailOf } from '../errors';
import { settingOf } from '../sources/servicesOf';
import { CONVERSATION_VIEW } from './conversationPanel';
import { ConversationPanels, NOTHING_FOUND } from './conversationPanels';
import { pickHit } from './searchPick';

/** The search over titles and messages, and the chats that it opens. */
export const searchFeature: CoreFeature = (core) => {
  const panels = new ConversationPanels(core);
  let lastText = '';
  core.registerCommand('openwebuiSync.searchChats', async (text) => {
    const { reader, sourceId } = core.sources.usual;
    const nothingToSearch = await unlessUseless(reader, async (signal) => {
      const chosen = await pickHit({
        search: (request) => reader.search(request),
        text: typeof text === 'string' ? text : lastText,
        onText: (typed) => (lastText = typed),
        onError: (error) => core.log.error(`Search: ${detailOf(error)}`),
        signal,
      });
      if (chosen !== undefined) {
        const { hit, result } = chosen;
        const chat = { chatId: hit.chatId, ...settingOf(sourceId) };
        panels.open(chat, { needles: result.needles, messageId: hit.messageId });
      }
    });
    if (nothingToSearch !== undefined) {
      void vscode.window.showInformationMessage(nothingToSearch);
    }
  });
  core.registerCommand('openwebuiSync.openChat', (chatId, sourceId) => {
    if (typeof chatId === 'number') {
      panels.open({ chatId, ...settingOf(sourceId === 'demo' ? 'demo' : 'mirror') }, NOTHING_FOUND);
    }
  });
  return vscode.Disposable.from(
    panels,
    vscode.window.registerWebviewPanelSerializer(CONVERSATION_VIEW, panels),
  );
};

/**
 * Runs a search box, and closes it where nothing can be found. Asking for nothing tells that, and makes the index while
 * the first word is typed.
 * @returns why nothing can be found. @throws NoDatabaseError when nothing was synced yet
 */
async function unlessUseless(
  reader: StoreReader,
  box: (signal: AbortSignal) => Promise<void>,
): Promise<string | undefined> {
  const close = new AbortController();
  const useless = reader.search({ text: '' }).then(({ warnings }) => warnings[0]);
  useless.then(
    (sentence) => {
      if (sentence !== undefined) {
        close.abort();
      }
    },
    () => close.abort(),
  );
  await box(close.signal);
  return close.signal.aborted ? useless : undefined;
}
