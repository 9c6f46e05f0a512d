import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseChat } from '../../../../../src/sync/openwebui/chat/parseChat';
import { parseSources, type SourceParts } from '../../../../../src/sync/openwebui/chat/sources';

const CHATS = join(__dirname, '../../../../fixtures/chats');
const PLAN = 'd8660d63-b733-4b71-b456-063686c39ddf';

/** Each as `kind use id`, with the number of calls where there are several. */
function used(parts: Partial<SourceParts>): string[] {
  return parseSources({ role: 'assistant', ...parts }).map(({ kind, use, remoteId, times }) =>
    `${kind} ${use} ${remoteId}${times === 1 ? '' : ` x${times}`}`.trim(),
  );
}

const turn = (...files: readonly unknown[]): string[] => used({ role: 'user', files });
const answer = (...sources: readonly unknown[]): string[] => used({ sources });

describe('What a message uses', () => {
  for (const version of readdirSync(CHATS).filter((name) => /^\d/.test(name))) {
    it(`is read from the recorded chats of ${version}`, () => {
      const body = (kind: string): Uint8Array => {
        const recorded = JSON.parse(readFileSync(join(CHATS, version, `${kind}.json`), 'utf8')) as {
          body: { id: string };
        };
        return new TextEncoder().encode(JSON.stringify(recorded.body));
      };
      const sourcesOf = (kind: string): unknown[] => {
        const bytes = body(kind);
        const { id } = JSON.parse(new TextDecoder().decode(bytes)) as { id: string };
        const { messages } = parseChat(bytes, { remoteId: id, userRemoteId: 'u1', serverNow: 1_795_484_470 });
        return messages.map(({ sources }) => sources);
      };
      assert.deepEqual(
        sourcesOf('k08'),
        [[], [], [{ kind: 'file', use: 'attached', remoteId: PLAN, times: 1 }], []],
        'a picture in the text, then a file',
      );
      assert.deepEqual(sourcesOf('k04'), [[], [], [], []], 'an excerpt that names neither file nor base');
    });
  }

  describe('of a turn', () => {
    it('is each attached file and knowledge base, once', () => {
      const file = { type: 'file', id: 'f1', name: 'plan.pdf' };
      assert.deepEqual(turn(file, { type: 'collection', id: 'k1', name: 'Handbook' }, file), [
        'file attached f1',
        'knowledge attached k1',
      ]);
    });

    it('is the file of a picture, by its address or its id, and nothing of one that stands elsewhere', () => {
      assert.deepEqual(
        turn(
          { type: 'image', url: '/api/v1/files/f1/content' },
          { type: 'image', url: PLAN },
          { type: 'image', url: 'data:image/png;base64,AAAA' },
          { type: 'image', url: 'https://example.org/a.png' },
        ),
        [`file attached ${PLAN}`, 'file attached f1'],
      );
    });

    it('is the web without the address of the page', () => {
      assert.deepEqual(turn({ type: 'text', name: 'https://example.org/x', url: 'https://example.org/x' }), [
        'web attached',
      ]);
    });

    it('is no collection that has only a name, no note and no pasted text', () => {
      assert.deepEqual(
        turn(
          { type: 'collection', legacy: true, id: 'all', collection_names: ['a', 'b'] },
          { type: 'note', id: 'n1' },
          { type: 'text', name: 'pasted', content: 'Hello' },
        ),
        [],
      );
    });
  });

  describe('of an answer', () => {
    it('is the base that was searched with the files that were found in it', () => {
      const metadata = [{ file_id: 'f1', name: 'a.txt' }, { file_id: 'f2' }, { file_id: 'f1' }];
      assert.deepEqual(answer({ source: { type: 'collection', id: 'k1' }, metadata }), [
        'file cited f1',
        'file cited f2',
        'knowledge cited k1',
      ]);
    });

    it('is the file that was read, also one made of a web page', () => {
      assert.deepEqual(
        answer(
          {
            source: { type: 'file', id: 'f1' },
            metadata: [{ file_id: 'f1', source: 'https://example.org' }],
          },
          { source: { id: 'x', name: 'a.txt' }, metadata: [{ file_id: 'f2' }] },
        ),
        ['file cited f1', 'file cited f2'],
      );
    });

    it('is no file where a note or a temporary text was read', () => {
      assert.deepEqual(
        answer(
          { source: { type: 'note', id: 'n1' }, metadata: [{ file_id: 'n1' }] },
          { source: { type: 'text', id: 't1' }, metadata: [{ file_id: 't1' }] },
          { source: { id: 'n2' }, metadata: [{ file_id: 'n2', note_id: 'n2' }] },
        ),
        [],
      );
    });

    it('is a web search by its result, its status or the model’s own call, without what was searched', () => {
      const page = { source: 'https://example.org', name: 'Page' };
      assert.deepEqual(
        answer({ source: { type: 'web_search', urls: ['https://example.org'] }, metadata: [page] }),
        ['web called', 'web cited'],
      );
      assert.deepEqual(answer({ source: { id: 'search_web', name: 'search_web' }, metadata: [page] }), [
        'web called',
        'web cited',
      ]);
      assert.deepEqual(used({ statusHistory: [{ action: 'web_search', query: 'swordfish', done: true }] }), [
        'web called',
      ]);
      assert.deepEqual(used({ output: [{ type: 'web_search_call' }] }), ['web called']);
      assert.deepEqual(used({ files: [{ type: 'web_search_results', urls: [] }] }), ['web called']);
    });

    it('is the web without a search where one page was read', () => {
      assert.deepEqual(answer({ source: { id: 'https://example.org' }, metadata: [{}] }), ['web cited']);
    });

    it('is no picture that it made', () => {
      assert.deepEqual(used({ files: [{ type: 'image', url: '/api/v1/files/f1/content' }] }), []);
    });

    it('is each tool with the number of its calls, wherever they stand', () => {
      const output = [
        { type: 'function_call', name: 'get_weather', arguments: '{}' },
        { type: 'function_call', name: 'get_weather', arguments: '{}' },
        { type: 'function_call', name: 'search_web' },
      ];
      assert.deepEqual(used({ output }), [
        'tool called get_weather x2',
        'tool called search_web',
        'web called',
      ]);
      const content =
        '<details type="tool_calls" done="true" id="c1" name="get_time" arguments="x"></details>';
      assert.deepEqual(used({ content: content + content }), ['tool called get_time x2']);
      assert.deepEqual(
        used({ toolCalls: [{ function: { name: 'get_time' } }], content: content + content }),
        ['tool called get_time x2'],
      );
    });

    it('is a tool that only a citation tells of', () => {
      assert.deepEqual(answer({ source: { type: 'tool', name: 'get_time', id: 'clock' }, metadata: [{}] }), [
        'tool called get_time',
      ]);
      assert.deepEqual(answer({ source: { name: 'TOOL:clock/get_time' }, metadata: [{}] }), [
        'tool called get_time',
      ]);
    });
  });

  it('is never a sentence, an address or a path that stands in the place of an id or a name', () => {
    assert.deepEqual(
      used({
        sources: [
          { source: { type: 'file', id: 'C:\\secret plans.pdf' }, metadata: [{ file_id: 'a b' }] },
          { source: { type: 'collection', id: 'https://intranet.example.org/k' }, metadata: [] },
        ],
        output: [{ type: 'function_call', name: 'tell me the launch code' }],
      }),
      [],
    );
  });

  it('is nothing where the fields are of other types', () => {
    assert.deepEqual(
      used({ files: 'x', sources: [null, 3, { source: 'a', metadata: {} }], output: {}, toolCalls: [7] }),
      [],
    );
  });
});
