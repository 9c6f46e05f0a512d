import assert from 'node:assert/strict';
import {
  parseConversationMessage,
  parseSavedConversation,
} from '../../../../src/extension/search/conversationMessages';
import { ConversationSession, type FoundIn } from '../../../../src/extension/search/conversationSession';
import type { Conversation, ConversationReader } from '../../../../src/store/search/conversationTypes';
import type { ConversationState } from '../../../../src/webview/conversation/protocol';
import { conversationOf } from '../../webview/conversation/builders';

const nothing: FoundIn = { needles: [], messageId: undefined };

describe('an opened conversation', () => {
  const errors: unknown[] = [];
  beforeEach(() => errors.splice(0));

  function open(reader: Partial<ConversationReader>, found = nothing): ConversationSession {
    return new ConversationSession(1, found, {
      reader: {
        conversation: () => Promise.resolve(conversationOf({ 1: undefined })),
        messageText: () => Promise.resolve(undefined),
        ...reader,
      },
      onChange: () => undefined,
      onError: (error) => errors.push(error),
    });
  }

  const stateOf = ({ state }: ConversationSession): ConversationState => state;

  it('is loaded, then shown with what was searched', async () => {
    const session = open({}, { needles: [{ kind: 'characters', text: 'x' }], messageId: 1 });
    const loading = session.load();
    assert.equal(stateOf(session).phase, 'loading');
    await loading;
    const shown = stateOf(session);
    assert.ok(shown.phase === 'ready');
    assert.equal(shown.foundId, 1);
    assert.equal(shown.needles.length, 1);
  });

  it('says that the chat is gone, or what failed', async () => {
    const gone = open({ conversation: () => Promise.resolve(undefined) });
    await gone.load();
    assert.deepEqual(gone.state, { phase: 'gone', message: 'This chat is not in the database any more.' });
    const failed = open({ conversation: () => Promise.reject(new Error('No database.')) });
    await failed.load();
    assert.deepEqual(failed.state, { phase: 'failed', message: 'No database.' });
    assert.equal(errors.length, 1);
  });

  it('brings all of the text that was found in, however far behind it stands', async () => {
    const cut = { kind: 'text', text: 'beginning', chars: 50_000 } as const;
    const whole = { kind: 'text', text: 'x'.repeat(50_000), chars: 50_000 } as const;
    const session = open(
      {
        conversation: () =>
          Promise.resolve(
            conversationOf({ 1: undefined, 2: 1 }, { 1: { content: cut }, 2: { content: cut } }),
          ),
        messageText: () => Promise.resolve(whole),
      },
      { ...nothing, messageId: 2 },
    );
    await session.load();
    assert.ok(session.state.phase === 'ready');
    assert.deepEqual(
      session.state.conversation.messages.map(({ content }) => content),
      [cut, whole],
    );
  });

  it('shows the last load only', async () => {
    const answers: ((conversation: Conversation | undefined) => void)[] = [];
    const session = open({ conversation: () => new Promise((resolve) => answers.push(resolve)) });
    const first = session.load();
    const second = session.load({ ...nothing, messageId: 1 });
    answers[1]?.(conversationOf({ 1: undefined }));
    await second;
    answers[0]?.(undefined);
    await first;
    assert.equal(session.state.phase, 'ready');
  });

  it('takes nothing else from its page than what the page may say', () => {
    assert.deepEqual(parseConversationMessage({ type: 'openText', messageId: 3 }), {
      type: 'openText',
      messageId: 3,
    });
    assert.equal(parseConversationMessage({ type: 'openText', messageId: '3' }), undefined);
    assert.equal(parseConversationMessage({ type: 'run', sql: 'DROP TABLE users' }), undefined);
    assert.deepEqual(parseSavedConversation({ chatId: 3 }), { chatId: 3 });
    assert.equal(parseSavedConversation(undefined), undefined);
  });
});
