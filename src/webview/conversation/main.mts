import { connect, isMessage } from '../shared/host.mjs';
import { ConversationPage } from './conversationPage.mjs';
import { CONVERSATION_PROTOCOL, type SavedConversation, type ToExtension, type ToPage } from './protocol';

const { root, api } = connect<ToExtension, SavedConversation>();
const page = new ConversationPage(root, (message) => api.postMessage(message));

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (!isMessage<ToPage>(data, ['state', 'content'])) {
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
