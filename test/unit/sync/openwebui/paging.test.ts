import assert from 'node:assert/strict';
import { systemClock } from '../../../../src/sync/engine/systemClock';
import { chatListPages } from '../../../../src/sync/openwebui/chats';
import { OpenWebUiClient } from '../../../../src/sync/openwebui/client';
import { isFailure } from '../../../../src/sync/openwebui/failures';
import { collect } from '../../../../src/sync/openwebui/paging';
import { readAllUsers, userPages } from '../../../../src/sync/openwebui/users';
import { FAST, LogLines } from '../engine/harness';

/** A client whose answers are made from the page that is asked for. */
function clientOf(answer: (page: number) => unknown): { client: OpenWebUiClient; pages: number[] } {
  const pages: number[] = [];
  const fetch: typeof globalThis.fetch = (input) => {
    const page = Number(new URL(input).searchParams.get('page'));
    pages.push(page);
    const headers = { 'content-type': 'application/json' };
    return Promise.resolve(new Response(JSON.stringify(answer(page)), { headers }));
  };
  const options = { url: 'http://example.org', policy: FAST, clock: systemClock, log: new LogLines(), fetch };
  return { client: new OpenWebUiClient(options), pages };
}

const rows = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: `id${from + index}`,
    title: 'x',
    updated_at: 1,
    email: 'e',
  }));

describe('reading lists', () => {
  it('ends a list without a total at a page that is not full', async () => {
    const { client, pages } = clientOf((page) => rows(page * 60, page < 3 ? 60 : 5));
    assert.equal((await collect(chatListPages(client, 'u1'))).rows.length, 125);
    assert.deepEqual(pages, [1, 2, 3]);
  });

  it('lets other work go on while a long list is checked', async () => {
    const all = rows(0, 50_000);
    const { client } = clientOf(() => []);
    client.getJson = () => Promise.resolve(all);
    let turns = 0;
    let isReading = true;
    const count = (): void => {
      turns += 1;
      if (isReading) {
        setImmediate(count);
      }
    };
    setImmediate(count);
    assert.equal((await readAllUsers(client)).rows.length, 50_000);
    isReading = false;
    assert.ok(turns >= 3, String(turns));
  });

  it('ends a list whose last page is full at the empty one after it', async () => {
    const { client, pages } = clientOf((page) => (page <= 2 ? rows(page * 60, 60) : []));
    assert.equal((await collect(chatListPages(client, 'u1'))).rows.length, 120);
    assert.deepEqual(pages, [1, 2, 3]);
  });

  it('ends a list with a total when everything was seen', async () => {
    const { client, pages } = clientOf((page) => ({ users: rows(page * 30, 30), total: 60 }));
    assert.equal((await collect(userPages(client, 'email'))).rows.length, 60);
    assert.deepEqual(pages, [1, 2]);
  });

  it('takes a plain array of users for everybody', async () => {
    const { client, pages } = clientOf(() => rows(0, 300));
    assert.equal((await collect(userPages(client, 'email'))).rows.length, 300);
    assert.deepEqual(pages, [1]);
  });

  it('fails instead of reading the same page for ever', async () => {
    const { client, pages } = clientOf(() => rows(0, 60));
    await assert.rejects(collect(chatListPages(client, 'u1')), (error) => isFailure(error, 'endlessList'));
    assert.ok(pages.length <= 4);
  });

  it('fails at twice as many pages as the first one promised, and some more', async () => {
    const { client, pages } = clientOf((page) => ({ users: rows(page * 30, 30), total: 60 * page }));
    await assert.rejects(collect(userPages(client, 'email')), (error) => isFailure(error, 'endlessList'));
    assert.equal(pages.length, 14);
  });

  it('skips rows without a usable id, and ignores fields of a wrong type', async () => {
    const bad = [null, 5, 'x', {}, { id: '' }, { id: {} }];
    const good = [{ id: 'a', name: 7, created_at: 'x', extra: [] }, { id: 12 }];
    const { client } = clientOf(() => ({ users: [...bad, ...good], total: 8 }));
    const page = await collect(userPages(client, 'email'));
    assert.deepEqual(
      page.rows.map(({ remoteId, name, createdAt }) => [remoteId, name, createdAt]),
      [
        ['a', undefined, undefined],
        ['12', undefined, undefined],
      ],
    );
    assert.deepEqual([page.skipped, client.unusableRows], [6, 6]);
  });
});
