import assert from 'node:assert/strict';
import type { SampleVersion } from '../../../src/sample/versions';
import { generateCompany } from '../../../src/sample/company/company';
import { get, getJson, withServer } from './sampleClient';
import { emptyWorld } from './worlds';

interface Row {
  readonly id: string;
  readonly updated_at: number;
}

const ids = (rows: readonly Row[]): string[] => rows.map((row) => row.id);

/** A world with one user who has many chats, several of them in each second. */
function busyWorld(
  version: SampleVersion,
  chats: number,
): { world: ReturnType<typeof emptyWorld>['world']; userId: string } {
  const { world, time } = emptyWorld(version);
  const user = world.users.add();
  for (let number = 0; number < chats; number++) {
    time.now += number % 3 === 0 ? 1 : 0;
    world.chats.add(user.id, { title: `Chat ${number}` });
  }
  return { world, userId: user.id };
}

describe('The lists of the sample server', () => {
  for (const version of ['0.5.20', '0.6.5', '0.6.36', '0.9.6', '0.12.4'] as const) {
    it(`give each chat once when page, skip and limit are all sent (${version})`, async () => {
      const { world, userId } = busyWorld(version, 130);
      await withServer({ world }, async (server) => {
        const seen: string[] = [];
        for (const page of [1, 2, 3, 4]) {
          const rows = await getJson<Row[]>(
            server,
            `/api/v1/chats/list/user/${userId}?page=${page}&skip=${(page - 1) * 60}&limit=60`,
          );
          seen.push(...ids(rows));
        }
        assert.equal(seen.length, 130);
        assert.equal(new Set(seen).size, 130);
      });
    });
  }

  it('repeat the first 50 chats up to 0.6.10 when only a page is sent', async () => {
    const { world, userId } = busyWorld('0.6.5', 70);
    await withServer({ world }, async (server) => {
      const first = await getJson<Row[]>(server, `/api/v1/chats/list/user/${userId}?page=1`);
      const second = await getJson<Row[]>(server, `/api/v1/chats/list/user/${userId}?page=2`);
      assert.equal(first.length, 50);
      assert.deepEqual(ids(second), ids(first));
    });
  });

  it('show the newest chats first, answer page 0 like page 1 and an unknown user with nothing', async () => {
    const { world, userId } = busyWorld('0.12.4', 70);
    await withServer({ world }, async (server) => {
      const list = `/api/v1/chats/list/user/${userId}`;
      const first = await getJson<Row[]>(server, `${list}?page=1`);
      const times = first.map((row) => row.updated_at);
      assert.deepEqual(
        times,
        times.toSorted((left, right) => right - left),
      );
      assert.deepEqual(await getJson(server, `${list}?page=0`), first);
      assert.deepEqual(await getJson(server, '/api/v1/chats/list/user/nobody?page=1'), []);
    });
  });

  it('lose the order when order_by comes without a direction, and fail on an unknown one', async () => {
    const { world, userId } = busyWorld('0.9.6', 10);
    await withServer({ world }, async (server) => {
      const list = `/api/v1/chats/list/user/${userId}`;
      const plain = await getJson<Row[]>(server, list);
      const unordered = await getJson<Row[]>(server, `${list}?order_by=updated_at`);
      assert.notDeepEqual(ids(unordered), ids(plain));
      const failed = await get(server, `${list}?order_by=colour`);
      assert.deepEqual([failed.status, failed.contentType], [500, 'text/plain; charset=utf-8']);
    });
  });

  it('send all users at once up to 0.6.5 and 30 a page from 0.6.8', async () => {
    await withServer(
      { world: generateCompany({ users: 65, chats: 1, version: '0.6.5' }) },
      async (server) => {
        assert.equal((await getJson<Row[]>(server, '/api/v1/users/?page=2')).length, 65);
      },
    );
    await withServer({ world: generateCompany({ users: 65, chats: 1 }) }, async (server) => {
      const sizes: number[] = [];
      for (const page of [0, 1, 2, 3, 4]) {
        const path = `/api/v1/users/?page=${page}&order_by=email&direction=asc`;
        sizes.push((await getJson<{ users: Row[] }>(server, path)).users.length);
      }
      assert.deepEqual(sizes, [30, 30, 30, 5, 0]);
    });
  });

  it('count what a user search found from 0.7 on, and everybody before', async () => {
    for (const [version, total] of [
      ['0.6.36', 3],
      ['0.7.2', 1],
    ] as const) {
      const { world } = emptyWorld(version);
      world.users.add({ name: 'Berta' });
      world.users.add({ name: 'Carl' });
      await withServer({ world }, async (server) => {
        const found = await getJson<{ users: Row[]; total: number }>(server, '/api/v1/users/?query=berta');
        assert.deepEqual([found.users.length, found.total], [1, total]);
      });
    }
  });

  it('page knowledge bases by 30 from 0.7 and files by 50 from 0.8', async () => {
    const { world } = emptyWorld('0.8.12');
    const files = Array.from({ length: 70 }, (_, number) =>
      world.library.addFile({ filename: `f${number}.txt` }),
    );
    for (let number = 0; number < 40; number++) {
      world.library.addKnowledge({ name: `Base ${number}`, fileIds: files.map((file) => file.id) });
    }
    const lastBase = world.library.knowledge().at(-1)?.id ?? '';
    await withServer({ world }, async (server) => {
      const sizes = async (path: string): Promise<number[]> => {
        const pages = await Promise.all(
          [1, 2, 3].map((page) => getJson<{ items: Row[] }>(server, `${path}page=${page}`)),
        );
        return pages.map((page) => page.items.length);
      };
      assert.deepEqual(await sizes('/api/v1/knowledge/?'), [30, 10, 0]);
      assert.deepEqual(await sizes('/api/v1/files/?content=false&'), [50, 20, 0]);
      assert.deepEqual(await sizes(`/api/v1/knowledge/${lastBase}/files?`), [30, 30, 10]);
    });
    world.version = '0.7.2';
    await withServer({ world }, async (server) => {
      assert.equal((await getJson<Row[]>(server, '/api/v1/files/?content=false&page=2')).length, 70);
    });
  });

  it('refuse a page that is no number', async () => {
    const { world } = emptyWorld();
    await withServer({ world }, async (server) => {
      assert.equal((await get(server, '/api/v1/users/?page=two')).status, 422);
    });
  });

  it('leave internal chats out from 0.11', async () => {
    for (const [version, count] of [
      ['0.9.6', 1],
      ['0.12.4', 0],
    ] as const) {
      const { world } = emptyWorld(version);
      const user = world.users.add();
      world.chats.add(user.id, { internal: true });
      await withServer({ world }, async (server) => {
        const rows = await getJson<Row[]>(server, `/api/v1/chats/list/user/${user.id}?page=1`);
        assert.equal(rows.length, count);
      });
    }
  });
});
