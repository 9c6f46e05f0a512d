import assert from 'node:assert/strict';
import { COMPANIES, generateCompany } from '../../../src/sample/company/company';
import { messagesOf } from '../../../src/sample/messageTree';
import type { SampleChat, SampleMessage } from '../../../src/sample/model';
import { SAMPLE_VERSIONS, type SampleVersion } from '../../../src/sample/versions';
import type { SampleWorld } from '../../../src/sample/world';
import type { MessageSourceRecord } from '../../../src/store/records';
import { parseSources } from '../../../src/sync/openwebui/chat/sources';

function company(version: SampleVersion = '0.12.4'): SampleWorld {
  return generateCompany({ name: 'fasgpt', ...COMPANIES.fasgpt, version });
}

/** What a sync reads from a message. */
function usedBy(message: SampleMessage): readonly MessageSourceRecord[] {
  const { role, content, files, sources, output, statusHistory } = message;
  return parseSources({ role, content, files, sources, output, statusHistory });
}

function messages(world: SampleWorld): SampleMessage[] {
  return world.chats.all().flatMap(({ body }) => messagesOf(body));
}

/** The ids of a kind that any message uses. */
function idsUsed(world: SampleWorld, kind: MessageSourceRecord['kind']): Set<string> {
  const used = messages(world).flatMap(usedBy);
  return new Set(used.filter((source) => source.kind === kind).map(({ remoteId }) => remoteId));
}

function usesSomething({ body }: SampleChat): boolean {
  return messagesOf(body).some((message) => usedBy(message).length > 0);
}

/** What a chat's JSON holds where a client or a server wrote so. */
const MARKS: Readonly<Record<string, string>> = {
  base: '"type":"collection"',
  citation: '"name":"TOOL:',
  item: '"type":"function_call"',
  mark: '<details type=',
  'old search': '"type":"web_search_results"',
};

describe('What the chats of a generated company use', () => {
  it('is in about a fifth of them', () => {
    const chats = company().chats.all();
    const share = chats.filter(usesSomething).length / chats.length;
    assert.ok(share > 0.15 && share < 0.25, String(share));
  });

  it('is of every kind, attached, cited and called', () => {
    const uses = messages(company())
      .flatMap(usedBy)
      .map(({ kind, use }) => `${kind} ${use}`);
    assert.deepEqual([...new Set(uses)].sort(), [
      'file attached',
      'file cited',
      'knowledge attached',
      'knowledge cited',
      'tool called',
      'web called',
      'web cited',
    ]);
  });

  it('is in the library, where some bases and files stay unused', () => {
    const { library } = company();
    for (const [kind, ids] of [
      ['file', library.files().map(({ id }) => id)],
      ['knowledge', library.knowledge().map(({ id }) => id)],
    ] as const) {
      const used = idsUsed(company(), kind);
      assert.deepEqual(
        [...used].filter((id) => !ids.includes(id)),
        [],
        kind,
      );
      assert.ok(used.size > 0 && used.size < ids.length, `${used.size} of ${ids.length} (${kind})`);
    }
  });

  it('is of the owner of the chat, and not younger than it, where it is a file of somebody’s own', () => {
    const world = company();
    const inBases = new Set(world.library.knowledge().flatMap(({ fileIds }) => fileIds));
    let seen = 0;
    for (const chat of world.chats.all()) {
      for (const { kind, remoteId } of messagesOf(chat.body).flatMap(usedBy)) {
        const file = world.library.findFile(remoteId);
        if (kind === 'file' && file !== undefined && !inBases.has(remoteId)) {
          assert.deepEqual([file.userId, file.createdAt], [chat.userId, chat.createdAt]);
          seen++;
        }
      }
    }
    assert.ok(seen > 0);
  });

  it('is older than the turn that carries it', () => {
    const world = company();
    for (const chat of world.chats.all()) {
      for (const { kind, remoteId } of messagesOf(chat.body).flatMap(usedBy)) {
        const base = kind === 'knowledge' ? world.library.findKnowledge(remoteId) : undefined;
        assert.ok((base?.createdAt ?? 0) < chat.createdAt, base?.name);
      }
    }
  });

  it('is no part of what failed', () => {
    const failed = messages(company()).filter(({ error }) => error !== undefined);
    assert.ok(failed.length > 0);
    assert.deepEqual(failed.flatMap(usedBy), []);
  });

  describe('is read the same, whichever version wrote it:', () => {
    const newest = company();
    /** Up to 0.6 a call is cited, once however often it was made. */
    const facts = (world: SampleWorld): unknown =>
      messages(world).map((message) =>
        usedBy(message).map(({ kind, use, remoteId }) => [kind, use, remoteId]),
      );
    for (const version of SAMPLE_VERSIONS.slice(0, -1)) {
      it(version, () => {
        assert.deepEqual(facts(company(version)), facts(newest));
      });
    }
  });

  it('is written as each version writes it', () => {
    const kinds = (version: SampleVersion): string[] => {
      const written = JSON.stringify(messages(company(version)));
      return Object.keys(MARKS).filter((kind) => written.includes(MARKS[kind] ?? ''));
    };
    assert.deepEqual(kinds('0.5.20'), ['base', 'citation', 'old search']);
    assert.deepEqual(kinds('0.6.5'), ['base', 'citation']);
    assert.deepEqual(kinds('0.7.2'), ['base', 'mark']);
    assert.deepEqual(kinds('0.9.6'), ['base', 'item', 'mark']);
    assert.deepEqual(kinds('0.12.4'), ['base', 'item']);
  });
});

describe('The models of a generated company', () => {
  const world = company();
  const answersOf = (chat: SampleChat, question: SampleMessage): SampleMessage[] =>
    messagesOf(chat.body).filter(({ role, parentId }) => role === 'assistant' && parentId === question.id);

  it('are switched within chats, tried again and compared side by side', () => {
    const seen = { switched: 0, again: 0, otherAgain: 0, sideBySide: 0 };
    for (const chat of world.chats.all()) {
      const questions = messagesOf(chat.body).filter(({ role }) => role === 'user');
      const asked = new Set(questions.map(({ models }) => models?.[0]));
      seen.switched += asked.size > 1 ? 1 : 0;
      for (const question of questions) {
        const [first, second] = answersOf(chat, question);
        if (second?.['modelIdx'] === 1) {
          const [asked] = question.models ?? [];
          assert.deepEqual(question.models, [first?.model ?? asked, second.model]);
          seen.sideBySide++;
        } else if (second !== undefined) {
          seen.again++;
          seen.otherAgain += second.model === first?.model ? 0 : 1;
        }
      }
    }
    for (const [what, times] of Object.entries(seen)) {
      assert.ok(times >= 5, `${what}: ${times}`);
    }
  });

  it('are rated by thumbs that name the true model, the one asked and the ones beside it', () => {
    const feedback = world.chats.feedback();
    for (const { chatId, messageId, ...row } of feedback) {
      const message = world.chats.message(chatId, messageId);
      const question = world.chats.message(chatId, message.parentId ?? '');
      const beside = answersOf(world.chats.get(chatId), question).filter(({ id }) => id !== messageId);
      assert.deepEqual(
        [row.modelId, row.askedModelId, row.siblingModelIds],
        [
          message['selectedModelId'] ?? message.model ?? '',
          message.model ?? '',
          beside.flatMap((other) => other['selectedModelId'] ?? other.model ?? []),
        ],
      );
    }
    assert.ok(feedback.some(({ arena, modelId }) => arena && modelId !== 'arena-model'));
    const compared = feedback.filter(({ modelId, siblingModelIds }) =>
      siblingModelIds.some((other) => other !== modelId),
    );
    assert.ok(compared.length >= 20, `${compared.length} comparisons`);
  });
});
