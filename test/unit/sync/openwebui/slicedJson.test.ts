import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parseJson } from '../../../../src/sync/openwebui/chat/bigIntegers';
import { parseJsonBody } from '../../../../src/sync/openwebui/slicedJson';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What came of it: the value, or that it was refused. */
async function outcome(parse: () => unknown): Promise<unknown> {
  try {
    return { value: await parse() };
  } catch (error) {
    assert.ok(error instanceof SyntaxError, String(error));
    return 'malformed';
  }
}

const layouts = fc.constantFrom(undefined, 1, '\t');

describe('parsing a body in slices', () => {
  it('gives what parsing it at once gives', () =>
    fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 6 }), layouts, fc.nat(40), async (value, layout, slice) => {
        const text = JSON.stringify(value, undefined, layout);
        assert.deepEqual(await parseJsonBody(bytesOf(text), slice), parseJson(text));
      }),
    ));

  it('refuses what parsing it at once refuses', () =>
    fc.assert(
      fc.asyncProperty(
        fc.jsonValue({ maxDepth: 4 }),
        fc.nat(),
        fc.constantFrom('[', ']', '{', '}', ',', ':', '"', '\\', ' ', '1', 'x'),
        fc.boolean(),
        async (value, place, character, isPutIn) => {
          const text = JSON.stringify(value);
          const at = place % (text.length + 1);
          const spoilt = text.slice(0, at) + character + text.slice(isPutIn ? at : at + 1);
          const whole = new TextDecoder().decode(bytesOf(spoilt));
          assert.deepEqual(
            await outcome(() => parseJsonBody(bytesOf(spoilt), 5)),
            await outcome(() => parseJson(whole)),
            spoilt,
          );
        },
      ),
      { numRuns: 500 },
    ));

  it('keeps integers beyond 2^53 as text, as everywhere', async () => {
    const text = '{"users": [{"id": 12345678901234567890, "name": "12345678901234567890"}], "total": 1}';
    assert.deepEqual(await parseJsonBody(bytesOf(text), 8), parseJson(text));
  });

  it('takes a name that objects have a meaning for as any other', async () => {
    const value = (await parseJsonBody(bytesOf('{"__proto__": {"total": 5}, "b": 1}'), 4)) as object;
    assert.equal(Object.getPrototypeOf(value), Object.prototype);
    assert.deepEqual(Object.keys(value), ['__proto__', 'b']);
  });

  it('lets other work run while a large body is parsed', async () => {
    const row = { id: 'x'.repeat(36), settings: { ui: { text: 'y'.repeat(900) } } };
    const body = bytesOf(JSON.stringify({ users: Array.from({ length: 20_000 }, () => row), total: 20_000 }));
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 0);
    const parsed = (await parseJsonBody(body)) as { users: unknown[] };
    clearInterval(timer);
    assert.equal(parsed.users.length, 20_000);
    assert.ok(turns > 3, `${turns} turns`);
  });

  it('does not read a deeply nested body again and again', async () => {
    const depth = 1_000_000;
    await assert.rejects(parseJsonBody(bytesOf('['.repeat(depth))), SyntaxError);
  });
});
