import { ConversationPage } from './conversationPage.mjs';
import { CONVERSATION_PROTOCOL, type SavedConversation, type ToExtension, type ToPage } from './protocol';

/** The part of VS Code's webview API that this page uses. */
interface VsCodeApi {
  postMessage(message: ToExtension): void;
  setState(state: SavedConversation): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

const root = document.getElementById('app');
if (root === null) {
  throw new Error('The page has no element "app".');
}
const api = acquireVsCodeApi();
const page = new ConversationPage(root, (message) => api.postMessage(message));

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (!isToPage(data)) {
    return;
  }
  switch (data.type) {
    case 'state':
      // A page kept from before an update would misread the state: it waits to be loaded anew.
      if (data.version === CONVERSATION_PROTOCOL) {
        // What a restart of the editor restores the tab from.
        api.setState(data.saved);
        page.show(data.state);
      }
      break;
    case 'content':
      page.putContent(data.messageId, data.content);
      break;
  }
});
api.postMessage({ type: 'ready' });

/** Frames and other extensions may post to a page as well. */
function isToPage(data: unknown): data is ToPage {
  return (
    typeof data === 'object' &&
    data !== null &&
    'type' in data &&
    (data.type === 'state' || data.type === 'content')
  );
}
