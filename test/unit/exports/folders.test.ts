import assert from 'node:assert/strict';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { ExportError } from '../../../src/exports/exportError';
import type { ExportOrder } from '../../../src/exports/exportTypes';
import { writeFailure } from '../../../src/exports/workFolder';
import { runExport } from '../../../src/exports/runExport';
import { ensureSalt } from '../../../src/store/instances/instancesFile';
import type { MirrorDatabase } from '../../../src/store/writer/mirrorDatabase';
import { begin, runEnd } from '../store/builders';
import { filesIn } from '../store/published';
import { filesBelow, LAST_EVENING, parquetRows, tell, useExports } from './stage';

const MONTH = 31 * 86_400;

describe('the folder of an export', () => {
  const stage = useExports();

  it('is taken before it is looked through: nobody else writes to it meanwhile', async () => {
    tell(await stage.open(), 'c1');
    await stage.run({ tables: ['users'] });
    let other: Promise<unknown> | undefined;
    const order = { root: stage.root(), output: stage.output(), mirror: 'this', now: 1_770_000_000 };
    await runExport({ ...order, isIncremental: true }, 'first', () => {
      other ??= assert.rejects(stage.run({ tables: ['chats'] }), /Another export writes to/u);
    });
    assert.ok(other !== undefined);
    await other;
    assert.deepEqual(stage.manifest().tables, ['users']);
  });

  it('is refused where it is inside the data folder by way of a link', async () => {
    tell(await stage.open(), 'c1');
    mkdirSync(join(stage.root(), 'inside'));
    symlinkSync(join(stage.root(), 'inside'), join(stage.output(), 'link'), 'junction');
    const output = join(stage.output(), 'link', 'lake');
    await assert.rejects(stage.run({ output }), /outside the data folder/u);
    await assert.rejects(stage.run({ output: join(stage.root(), '..lake') }), /outside the data folder/u);
  });

  it('may be a link to another one', async () => {
    tell(await stage.open(), 'c1');
    mkdirSync(join(stage.output(), 'there'));
    const output = join(stage.output(), 'link');
    symlinkSync(join(stage.output(), 'there'), output, 'junction');
    await stage.run({ output, tables: ['users'] });
    assert.equal(filesBelow(join(stage.output(), 'there')).length, 2);
    assert.equal((await stage.runAgain({ output })).files, 0);
  });

  it('forgets what a stricter privacy mode no longer keeps, though other tables were asked for', async () => {
    const mirror = await stage.open();
    tell(mirror, 'c1', { text: 'a very private word' });
    await stage.run({ tables: ['messages', 'users', 'chats'] });
    await ensureSalt(stage.root());
    await mirror.tightenPrivacy(1, 'counts');
    await stage.runAgain({ tables: ['users'] });
    for (const [name, bytes] of filesIn(stage.output())) {
      for (const secret of ['private word', 'Chat c1', 'ann@example.org']) {
        assert.equal(bytes.includes(secret), false, `${secret} in ${name}`);
      }
    }
  });

  it('keeps the tables that it holds when others are asked for', async () => {
    const mirror = await stage.open();
    tell(mirror, 'c1');
    await stage.run({ tables: ['messages'] });
    tell(mirror, 'c2');
    assert.deepEqual((await stage.runAgain({ tables: ['users'] })).tables, ['users']);
    assert.deepEqual(stage.manifest().tables, ['users', 'messages']);
    assert.equal((await stage.runAgain()).files, 1, 'what changed meanwhile is written next');
  });

  it('holds each row once under the new name of an instance', async () => {
    const mirror = await stage.open();
    tell(mirror, 'c1');
    await stage.run();
    rename(mirror, 'Chat of “Zürich” / all: staff? '.repeat(8));
    await stage.runAgain();
    const folders = new Set(stage.files().flatMap((path) => /instance=(?!none)[^/]+/u.exec(path) ?? []));
    assert.equal(folders.size, 1, [...folders].join());
    for (const name of [...folders][0]!.split('/')) {
      assert.ok(Buffer.byteLength(name) <= 255 && !/[<>:"\\|?*]|[. ]$/u.test(name.replace('instance=', '')));
    }
  });

  it('holds runs that the mirror has forgotten under the new name, too, unless they were taken away', async () => {
    const mirror = await stage.open();
    tell(mirror, 'c1');
    await stage.run({ tables: ['sync_runs'] });
    const manifest = stage.manifest();
    const [file] = manifest.files;
    assert.ok(file !== undefined);
    // As two months of which the mirror has no run any more.
    const [kept, taken] = ['2024-01', '2024-02'].map((month) => {
      const path = `sync_runs/instance=instance-1-1/month=${month}/part-0.parquet`;
      mkdirSync(join(stage.output(), path, '..'), { recursive: true });
      copyFileSync(join(stage.output(), file.path), join(stage.output(), path));
      return { ...file, path, month };
    });
    const files = [...manifest.files, kept, taken];
    writeFileSync(join(stage.output(), 'openwebui-sync-export.json'), JSON.stringify({ ...manifest, files }));
    rmSync(join(stage.output(), taken!.path));
    rename(mirror, 'Other');
    await stage.runAgain();
    const months = stage.files().filter((path) => path.endsWith('.parquet'));
    assert.deepEqual(
      months.map((path) =>
        path.replace(/month=\d{4}-\d\d/u, (month) => (month === 'month=2024-01' ? month : 'now')),
      ),
      [
        'sync_runs/instance=other-1/month=2024-01/part-0.parquet',
        'sync_runs/instance=other-1/now/part-0.parquet',
      ],
    );
    assert.deepEqual(
      stage.manifest().files.map(({ path }) => path),
      months,
    );
    assert.equal((await stage.runAgain()).files, 0);
  });

  it('is taken over from an export that was killed, also where its process id is that of another process now', async () => {
    tell(await stage.open(), 'c1');
    const work = join(stage.output(), '.openwebui-sync-export');
    const scrap = join(stage.output(), '.openwebui-sync-export-a1b2c3');
    const longAgo = new Date(Date.now() - 3_600_000);
    mkdirSync(work);
    mkdirSync(scrap);
    const owner = join(work, 'owner');
    writeFileSync(owner, `${process.pid} ${hostname()} another`);
    writeFileSync(join(work, '0'), 'half');
    await assert.rejects(stage.run({ tables: ['users'] }), /Another export writes to/u);
    utimesSync(owner, longAgo, longAgo);
    utimesSync(scrap, longAgo, longAgo);
    await stage.run({ tables: ['users'] });
    assert.equal(stage.manifest().isComplete, true);
    assert.deepEqual(
      readdirSync(stage.output()).filter((name) => name.startsWith('.')),
      [],
    );
  });

  it('is not taken from an export on another computer that lives', async () => {
    tell(await stage.open(), 'c1');
    mkdirSync(join(stage.output(), '.openwebui-sync-export'));
    writeFileSync(join(stage.output(), '.openwebui-sync-export', 'owner'), '999999999 elsewhere another');
    await assert.rejects(stage.run({ tables: ['users'] }), /Another export writes to/u);
  });

  it('is named where it takes no files, not the place in it where they are made', () => {
    const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
    const told = new Error(`The copy 0 cannot be saved in ${stage.output()}/.openwebui-sync-export`, {
      cause: full,
    });
    for (const error of [full, told]) {
      const failure = writeFailure(stage.output(), error);
      assert.ok(failure instanceof ExportError);
      assert.equal(failure.message, `The export to ${stage.output()} failed: the disk is full.`);
    }
  });

  it('is given up by an export that was silent for so long that another one took it', async () => {
    tell(await stage.open(), 'c1');
    const owner = join(stage.output(), '.openwebui-sync-export', 'owner');
    const order = { root: stage.root(), output: stage.output(), mirror: 'this', now: 1_770_000_000 };
    const silent = runExport(order, 'silent', ({ files }) => {
      if (files !== undefined) {
        writeFileSync(owner, `${process.pid} ${hostname()} another`);
      }
    });
    await assert.rejects(silent, /Another export writes to/u);
    assert.deepEqual([existsSync(owner), stage.manifest().isComplete], [true, false]);
  });

  it('gets back a file that somebody changed, also where its length is the same', async () => {
    tell(await stage.open(), 'c1');
    await stage.run({ format: 'csv', tables: ['users', 'chats'] });
    const path = join(stage.output(), 'users.csv');
    const content = readFileSync(path, 'utf8');
    writeFileSync(path, content.replaceAll('ANN', 'BOB'));
    const { mtimeMs } = statSync(path);
    utimesSync(path, new Date(mtimeMs + 60_000), new Date(mtimeMs + 60_000));
    assert.equal((await stage.runAgain()).files, 1);
    assert.equal(readFileSync(path, 'utf8'), content);
    assert.equal((await stage.runAgain()).files, 0);
  });

  it('keeps a file of somebody else that has the name of a table, a month or an instance', async () => {
    const mirror = await stage.open();
    tell(mirror, 'c1');
    await stage.run({ format: 'csv', tables: ['users'] });
    writeFileSync(join(stage.output(), 'chats.csv'), 'mine');
    await assert.rejects(
      stage.runAgain({ tables: ['chats'] }),
      /chats.csv exists already, and no export made it/u,
    );
    assert.equal(readFileSync(join(stage.output(), 'chats.csv'), 'utf8'), 'mine');
    const output = join(stage.output(), 'lake');
    await stage.run({ output, tables: ['messages'] });
    const february = join(output, 'messages', 'instance=instance-1-1', 'month=2026-02');
    mkdirSync(february);
    writeFileSync(join(february, 'part-0.parquet'), 'mine');
    tell(mirror, 'c2', { at: LAST_EVENING + MONTH / 2 });
    await assert.rejects(stage.runAgain({ output }), /part-0.parquet exists already, and no export made it/u);
    assert.equal(readFileSync(join(february, 'part-0.parquet'), 'utf8'), 'mine');
  });

  it('is the same after any history as one that was made at once', async () => {
    const step = fc.oneof(
      fc.record({
        kind: fc.constant('tell' as const),
        chat: fc.nat(5),
        month: fc.nat(3),
        instance: fc.nat(1),
        user: fc.constantFrom('ann', 'bob'),
      }),
      fc.record({ kind: fc.constant('delete' as const), chat: fc.nat(5) }),
      fc.record({ kind: fc.constant('rename' as const), name: fc.constantFrom('one', '2026', 'ÄÖ', '日本') }),
      fc.record({ kind: fc.constant('zone' as const), zone: fc.constantFrom('Asia/Tokyo', 'UTC') }),
      fc.record({ kind: fc.constant('erase' as const), user: fc.constantFrom('ann', 'bob') }),
      fc.record({
        kind: fc.constant('tighten' as const),
        mode: fc.constantFrom('names', 'pseudonyms', 'counts'),
      }),
      fc.record({
        kind: fc.constant('export' as const),
        tables: fc.constantFrom(undefined, ['users']),
        isPseudonymised: fc.constantFrom(undefined, true, false),
        endsAfter: fc.constantFrom(Infinity, 0, 1, 3, 8),
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 10 }), async (steps) => {
        rmSync(stage.root(), { recursive: true, force: true });
        rmSync(stage.output(), { recursive: true, force: true });
        mkdirSync(stage.root());
        let mirror = await stage.open();
        await ensureSalt(stage.root());
        tell(mirror, 'c0');
        await stage.run();
        for (const next of steps) {
          if (next.kind === 'tell') {
            const at = LAST_EVENING + next.month * MONTH;
            const { user, month: text } = next;
            tell(mirror, `c${next.chat}`, { at, instance: next.instance + 1, text: `at ${text}`, user });
          } else if (next.kind === 'delete') {
            const run = begin(mirror, `deletes ${Math.random()}`);
            mirror.markDeleted(run, 'chats', [`c${next.chat}`]);
            mirror.endRun(runEnd({ runId: run }));
            mirror.publish();
          } else if (next.kind === 'rename') {
            rename(mirror, next.name);
          } else if (next.kind === 'zone') {
            stage.close(mirror);
            mirror = await stage.open({ zone: next.zone });
            mirror.publish();
          } else if (next.kind === 'erase') {
            await mirror.erasePerson(1, next.user);
          } else if (next.kind === 'tighten') {
            await mirror.tightenPrivacy(1, next.mode);
          } else {
            await brokenOff(next);
          }
        }
        await stage.runAgain();
        const fresh = mkdtempSync(join(tmpdir(), 'openwebui-sync-fresh-'));
        try {
          const { isPseudonymised } = stage.manifest();
          const { rows } = await stage.run({ output: fresh, isPseudonymised });
          assert.deepEqual(await contentOf(stage.output()), await contentOf(fresh));
          assert.equal((await contentOf(fresh)).flatMap(([, found]) => found).length, rows);
        } finally {
          rmSync(fresh, { recursive: true, force: true });
          stage.close(mirror);
        }
      }),
      { numRuns: 6 },
    );
  }).timeout(600_000);

  /** An export that ends when some files are written, as if its process did. */
  async function brokenOff({
    endsAfter,
    ...asked
  }: Pick<ExportOrder, 'tables' | 'isPseudonymised'> & { readonly endsAfter: number }): Promise<void> {
    const order = { root: stage.root(), output: stage.output(), mirror: 'this', now: 1_770_000_000 };
    const end = new Error('ended');
    try {
      await runExport({ ...order, isIncremental: true, ...asked }, 'ends', ({ files }) => {
        if (files !== undefined && files.done >= endsAfter) {
          throw end;
        }
      });
    } catch (error) {
      assert.equal(error, end);
    }
  }

  let renames = 0;
  function rename(mirror: MirrorDatabase, name: string): void {
    const run = begin(mirror, `named ${++renames}`, 1, { name });
    mirror.endRun(runEnd({ runId: run }));
    mirror.publish();
  }

  /** Files with their rows, in an order of their own. */
  async function contentOf(folder: string): Promise<(readonly [string, readonly string[]])[]> {
    const paths = filesBelow(folder).filter((path) => path.endsWith('.parquet'));
    return Promise.all(
      paths.map(async (path) => {
        const rows = await parquetRows(join(folder, path));
        const plain = (_: string, value: unknown): unknown =>
          typeof value === 'bigint' ? String(value) : value;
        return [path, rows.map((row) => JSON.stringify(row, plain)).sort()] as const;
      }),
    );
  }
});
