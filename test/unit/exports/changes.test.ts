import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { ExportError } from '../../../src/exports/exportError';
import { readExports } from '../../../src/store/exportLedger/exportLedger';
import { ensureSalt } from '../../../src/store/instances/instancesFile';
import { begin, runEnd, user } from '../store/builders';
import { filesIn } from '../store/published';
import { LAST_EVENING, parquetRows, tell, useExports } from './stage';

const JANUARY = 'messages/instance=instance-1-1/month=2026-01/part-0.parquet';
const FEBRUARY = 'messages/instance=instance-1-1/month=2026-02/part-0.parquet';
const NEXT_MONTH = LAST_EVENING + 86_400;

describe('an export of what changed', () => {
  const stage = useExports();

  /** What differs in the output afterwards: written, changed or gone. */
  async function changedBy(work: () => Promise<unknown>): Promise<string[]> {
    const before = filesIn(stage.output());
    await work();
    const after = filesIn(stage.output());
    return [...new Set([...before.keys(), ...after.keys()])]
      .filter((name) => before.get(name)?.equals(after.get(name) ?? Buffer.alloc(0)) !== true)
      .map((name) => name.replaceAll('\\', '/'))
      .filter((name) => name !== 'openwebui-sync-export.json')
      .sort();
  }

  it('writes nothing when nothing has changed', async () => {
    tell(await stage.open(), 'c1');
    await stage.run();
    const manifest = readFileSync(join(stage.output(), 'openwebui-sync-export.json'));
    const summary = await stage.runAgain({ now: 1_780_000_000 });
    assert.deepEqual([summary.files, summary.rows, summary.removed], [0, 0, 0]);
    assert.deepEqual(readFileSync(join(stage.output(), 'openwebui-sync-export.json')), manifest);
  });

  it('writes the partitions alone whose rows changed', async () => {
    const mirror = await stage.open();
    tell(mirror, 'c1');
    tell(mirror, 'c2', { at: NEXT_MONTH });
    await stage.run({ tables: ['messages', 'users'] });
    tell(mirror, 'c3', { at: NEXT_MONTH });
    assert.deepEqual(await changedBy(() => stage.runAgain()), [FEBRUARY]);
    assert.equal((await parquetRows(join(stage.output(), FEBRUARY))).length, 2);
  });

  it('notices what changes behind a character that ends texts elsewhere', async () => {
    const mirror = await stage.open();
    nameOfAnn(mirror, 'Ann\u0000Lee');
    await stage.run({ tables: ['users'] });
    nameOfAnn(mirror, 'Ann\u0000Leeds');
    await stage.runAgain();
    const [row] = await parquetRows(join(stage.output(), 'users/instance=instance-1-1/part-0.parquet'));
    assert.equal(row?.['name'], 'Ann\u0000Leeds');
  });

  it('shows a deletion as a mark in the partition of the row', async () => {
    const mirror = await stage.open();
    tell(mirror, 'c1');
    await stage.run({ tables: ['messages'] });
    mirrorDeletes(mirror, 'c1');
    assert.deepEqual(await changedBy(() => stage.runAgain()), [JANUARY]);
    const [row] = await parquetRows(join(stage.output(), JANUARY));
    assert.equal(row?.['is_deleted'], true);
  });

  it('follows another time zone, and leaves no row in the month of the former one', async () => {
    const mirror = await stage.open();
    tell(mirror, 'c1');
    await stage.run({ tables: ['messages'] });
    stage.close(mirror);
    const elsewhere = await stage.open({ zone: 'Asia/Tokyo' });
    elsewhere.publish();
    assert.deepEqual(await changedBy(() => stage.runAgain()), [JANUARY, FEBRUARY]);
    assert.deepEqual(
      stage.files().filter((name) => name.endsWith('.parquet')),
      [FEBRUARY],
    );
    const [row] = await parquetRows(join(stage.output(), FEBRUARY));
    assert.deepEqual(
      [row?.['created_at'], row?.['created_at_utc']],
      [new Date('2026-02-01T07:30:00Z'), new Date(LAST_EVENING * 1000)],
    );
    assert.equal(stage.manifest().zone, 'Asia/Tokyo');
  });

  it('forgets what a stricter privacy mode no longer keeps, though no sync has touched it', async () => {
    const mirror = await stage.open();
    tell(mirror, 'c1', { text: 'a very private word' });
    await stage.run({ tables: ['messages', 'users', 'chats'] });
    await ensureSalt(stage.root());
    await mirror.tightenPrivacy(1, 'counts');
    assert.ok((await changedBy(() => stage.runAgain())).includes(JANUARY));
    for (const [name, bytes] of filesIn(stage.output())) {
      for (const secret of ['private word', 'ANN', 'ann@example.org', 'Chat c1']) {
        assert.equal(bytes.includes(secret), false, `${secret} in ${name}`);
      }
    }
  });

  it('removes the partition of which an erased person was the only one', async () => {
    const mirror = await stage.open();
    tell(mirror, 'c1');
    tell(mirror, 'c2', { at: NEXT_MONTH, user: 'bob' });
    await stage.run({ tables: ['messages'] });
    await mirror.erasePerson(1, 'bob');
    assert.deepEqual(await changedBy(() => stage.runAgain()), [FEBRUARY]);
    assert.deepEqual(
      stage.manifest().files.map(({ path }) => path),
      [JANUARY],
    );
  });

  it('writes again what was removed from the folder', async () => {
    tell(await stage.open(), 'c1');
    await stage.run({ tables: ['messages'] });
    rmSync(join(stage.output(), JANUARY));
    assert.deepEqual(await changedBy(() => stage.runAgain()), [JANUARY]);
  });

  it('goes on where an export was broken off', async () => {
    const mirror = await stage.open();
    tell(mirror, 'c1');
    tell(mirror, 'c2', { at: NEXT_MONTH });
    await stage.run({ tables: ['messages'] });
    const manifest = stage.manifest();
    // As it is while February is being written.
    writeFileSync(
      join(stage.output(), 'openwebui-sync-export.json'),
      JSON.stringify({
        ...manifest,
        isComplete: false,
        files: manifest.files.map((file) => (file.path === FEBRUARY ? { ...file, digest: '' } : file)),
      }),
    );
    writeFileSync(join(stage.output(), FEBRUARY), 'half');
    mkdirSync(join(stage.output(), '.openwebui-sync-export'));
    writeFileSync(join(stage.output(), '.openwebui-sync-export', 'owner'), `999999999 ${hostname()} gone`);
    const { files, hasMended } = await stage.runAgain();
    assert.deepEqual([files, hasMended], [1, true]);
    assert.deepEqual([stage.manifest().isComplete, stage.files().length], [true, 3]);
    assert.equal((await stage.runAgain()).hasMended, false);
    assert.equal((await parquetRows(join(stage.output(), FEBRUARY))).length, 1);
  });

  it('waits for nobody: a folder that another export writes to is refused', async () => {
    tell(await stage.open(), 'c1');
    mkdirSync(join(stage.output(), '.openwebui-sync-export'));
    writeFileSync(join(stage.output(), '.openwebui-sync-export', 'owner'), `${process.pid} another`);
    await assert.rejects(stage.run(), (error: Error) => {
      assert.ok(error instanceof ExportError);
      assert.match(error.message, /Another export writes to/);
      return true;
    });
  });

  it('refuses the folder of another mirror, format or instance, and files that no export made', async () => {
    tell(await stage.open(), 'c1');
    await stage.run({ tables: ['users'] });
    await assert.rejects(stage.runAgain({ mirror: 'other' }), /another mirror/);
    await assert.rejects(stage.runAgain({ format: 'csv' }), /an export as parquet/);
    await assert.rejects(stage.runAgain({ instance: 1 }), /other instances/);
    await assert.rejects(stage.run({ output: join(stage.root(), 'inside') }), /outside the data folder/);
    await assert.rejects(stage.run({ tables: ['meta'] }), /There is no table meta/);
    rmSync(join(stage.output(), 'openwebui-sync-export.json'));
    await assert.rejects(stage.run(), /no export made it/);
  });

  it('keeps runs that the mirror has forgotten by itself', async () => {
    const mirror = await stage.open();
    tell(mirror, 'c1');
    await stage.run({ tables: ['sync_runs'] });
    const [file] = stage.manifest().files;
    // As a month of which the mirror has no run any more.
    const old = 'sync_runs/instance=instance-1-1/month=2024-01/part-0.parquet';
    mkdirSync(join(stage.output(), old, '..'), { recursive: true });
    writeFileSync(join(stage.output(), old), readFileSync(join(stage.output(), file!.path)));
    const manifest = stage.manifest();
    writeFileSync(
      join(stage.output(), 'openwebui-sync-export.json'),
      JSON.stringify({
        ...manifest,
        files: [...manifest.files, { ...file, path: old, month: '2024-01' }],
      }),
    );
    assert.deepEqual(await changedBy(() => stage.runAgain()), []);
    const files = [...manifest.files, { ...file, path: old, month: '2024-01' }];
    const held = (privacy: string): void =>
      writeFileSync(
        join(stage.output(), 'openwebui-sync-export.json'),
        JSON.stringify({ ...manifest, files, privacy: { 1: privacy } }),
      );
    held('counts 0');
    assert.deepEqual(await changedBy(() => stage.runAgain()), [], 'a mode that keeps more takes nothing');
    held('full 0');
    await mirror.tightenPrivacy(1, 'names');
    assert.ok((await changedBy(() => stage.runAgain())).includes(old), 'but not in a stricter mode');
    assert.equal(stage.files().includes(old), false);
  });

  it('is noted with the instances whose rows it holds', async () => {
    const mirror = await stage.open();
    tell(mirror, 'c1');
    tell(mirror, 'c2', { instance: 2 });
    await stage.run({ tables: ['users'] });
    assert.deepEqual(await readExports(stage.root()), [
      { path: stage.output(), format: 'parquet', kind: 'tables', instances: [1, 2], at: 1_770_000_000 },
    ]);
  });

  it('holds the rows of one instance alone when it was named', async () => {
    const mirror = await stage.open();
    tell(mirror, 'c1');
    tell(mirror, 'c2', { instance: 2 });
    const summary = await stage.run({ instance: 2 });
    assert.equal(summary.tables.includes('cost_daily'), false, 'bills are of no single instance');
    assert.equal(
      stage.files().some((name) => name.includes('instance-1-1')),
      false,
    );
    assert.equal((await parquetRows(join(stage.output(), 'instances/part-0.parquet'))).length, 1);
  });

  function nameOfAnn(mirror: Awaited<ReturnType<typeof stage.open>>, name: string): void {
    const run = begin(mirror, `named ${name}`);
    mirror.applyUsers(run, [user('ann', { name })]);
    mirror.endRun(runEnd({ runId: run }));
    mirror.publish();
  }

  function mirrorDeletes(mirror: Awaited<ReturnType<typeof stage.open>>, remoteId: string): void {
    const run = begin(mirror, 'deletes');
    mirror.markDeleted(run, 'chats', [remoteId]);
    mirror.endRun(runEnd({ runId: run }));
    mirror.publish();
  }
});
