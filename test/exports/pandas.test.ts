import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { LAST_EVENING, tell, useExports } from '../unit/exports/stage';
import { begin, rating, runEnd } from '../unit/store/builders';
import { november, readCosts, row } from '../unit/store/writer/cloudCostBuilders';

/** A Python with pandas, as `npm test -- --suite=exports` sets it up. */
const PYTHON = process.env['OPENWEBUI_SYNC_PANDAS'];
const HOUR = 3_600;

interface Frame {
  readonly types: Readonly<Record<string, string>>;
  readonly rows: readonly (readonly unknown[])[];
}

describe('an export in pandas', function () {
  this.timeout(120_000);
  const stage = useExports();
  before(function () {
    if (PYTHON === undefined) {
      this.skip();
    }
  });

  /** What pandas reads of a table or file, sorted by the first of the columns. */
  async function read(
    format: 'parquet' | 'csv',
    name: string,
    columns: readonly string[],
    month: readonly string[] = [],
  ): Promise<Frame> {
    const { stdout } = await promisify(execFile)(PYTHON ?? '', [
      join(__dirname, 'readExport.py'),
      ...[format, join(stage.output(), name), columns.join(','), ...month],
    ]);
    return JSON.parse(stdout) as Frame;
  }

  const asIso = (epoch: number): string => new Date(epoch * 1000).toISOString().replace('.000Z', '+00:00');

  it('has the types of the schema; instance and month are categories', async () => {
    tell(await stage.open(), 'c1');
    await stage.run();
    const { types } = await read('parquet', 'messages', [
      ...['id', 'created_at', 'created_at_utc', 'day', 'is_copy', 'content', 'rating', 'instance', 'month'],
    ]);
    assert.deepEqual(types, {
      id: 'Int64',
      created_at: 'datetime64[us]',
      created_at_utc: 'datetime64[us, UTC]',
      day: 'object',
      is_copy: 'boolean',
      content: 'string',
      rating: 'Int64',
      instance: 'category',
      month: 'category',
    });
  });

  it('tells the same moment in UTC and in local time across both changes of the clock', async () => {
    const mirror = await stage.open();
    // Berlin goes to summer time at 01:00 UTC on 29 March 2026, and back on 25 October: 02:30 is there twice.
    const [spring, autumn] = [Date.UTC(2026, 2, 29, 1) / 1000, Date.UTC(2026, 9, 25, 1) / 1000];
    const moments = [spring - 1, spring, autumn - HOUR / 2, autumn + HOUR / 2];
    moments.forEach((at, index) => tell(mirror, `c${index}`, { at }));
    await stage.run();
    const { rows } = await read('parquet', 'messages', ['created_at_utc', 'created_at', 'day', 'hour']);
    assert.deepEqual(rows, [
      [asIso(spring - 1), '2026-03-29T01:59:59', '2026-03-29', 1],
      [asIso(spring), '2026-03-29T03:00:00', '2026-03-29', 3],
      [asIso(autumn - HOUR / 2), '2026-10-25T02:30:00', '2026-10-25', 2],
      [asIso(autumn + HOUR / 2), '2026-10-25T02:30:00', '2026-10-25', 2],
    ]);
  });

  it('keeps NULL apart from nothing, true from false, and characters beyond the first plane', async () => {
    const mirror = await stage.open();
    tell(mirror, 'c1', { text: '👩‍🔬 𝔘𝔫𝔦\n"quoted", 漢字' });
    tell(mirror, 'c2', { text: '' });
    await stage.run();
    const { rows } = await read('parquet', 'messages', [
      'id',
      'content',
      'model_id',
      'is_done',
      'is_deleted',
    ]);
    assert.deepEqual(
      rows.map(([, ...cells]) => cells),
      [
        ['👩‍🔬 𝔘𝔫𝔦\n"quoted", 漢字', null, true, false],
        ['', null, true, false],
      ],
    );
  });

  it('has exact amounts and dates', async () => {
    const mirror = await stage.open();
    const amounts = [1_234_567_890n, -1n, 999_999_999_999_999_999n];
    readCosts(mirror, november(amounts.map((amount, index) => row(`2025-11-0${index + 1}`, amount))));
    await stage.run({ tables: ['cost_daily'] });
    const { types, rows } = await read('parquet', 'cost_daily', ['utc_day', 'date', 'cost', 'month']);
    assert.equal(types['cost'], 'object');
    assert.deepEqual(rows, [
      ['2025-11-01', '2025-11-01', '12.34567890', '2025-11'],
      ['2025-11-02', '2025-11-02', '-1E-8', '2025-11'],
      ['2025-11-03', '2025-11-03', '9999999999.99999999', '2025-11'],
    ]);
  });

  it('is filtered by month, and joined over tables', async () => {
    const mirror = await stage.open();
    tell(mirror, 'c1');
    tell(mirror, 'c2', { at: LAST_EVENING + HOUR, instance: 2 });
    await stage.run();
    const columns = ['remote_id', 'instance', 'month'];
    assert.deepEqual((await read('parquet', 'messages', columns)).rows, [
      ['c1-q', 'instance-1-1', '2026-01'],
      ['c2-q', 'instance-2-2', '2026-02'],
    ]);
    assert.deepEqual((await read('parquet', 'messages', columns, ['2026-02'])).rows, [
      ['c2-q', 'instance-2-2', '2026-02'],
    ]);
    const messages = await read('parquet', 'messages', ['chat_id', 'user_id']);
    assert.deepEqual((await read('parquet', 'chats', ['id', 'user_id'])).rows, messages.rows);
  });

  it('knows the columns of a table without rows, and its rows once there are some', async () => {
    const mirror = await stage.open();
    tell(mirror, 'c1');
    await stage.run();
    const columns = ['rating', 'created_at_utc', 'is_arena', 'comment'];
    const empty = await read('parquet', 'feedback', columns);
    assert.deepEqual(empty.rows, []);
    const run = begin(mirror, 'rated');
    mirror.applyFeedback(run, [rating('f1', { comment: 'Good', createdAt: LAST_EVENING })]);
    mirror.endRun(runEnd({ runId: run }));
    mirror.publish();
    await stage.runAgain();
    const filled = await read('parquet', 'feedback', columns);
    assert.deepEqual(
      filled.rows.map(([stars, , isArena, comment]) => [stars, isArena, comment]),
      [[1, false, 'Good']],
    );
    assert.deepEqual(filled.types, empty.types);
  });

  it('is read from CSV as well', async () => {
    const mirror = await stage.open();
    tell(mirror, 'c1', { text: 'two\nlines, "quoted" 🎉' });
    await stage.run({ format: 'csv', tables: ['messages'] });
    const { types, rows } = await read('csv', 'messages.csv', [
      ...['id', 'created_at_utc', 'created_at', 'day', 'is_done', 'rating', 'content'],
    ]);
    assert.deepEqual(
      [types['id'], types['created_at_utc'], types['is_done']],
      ['Int64', 'datetime64[us, UTC]', 'boolean'],
    );
    assert.deepEqual(
      rows.map(([, ...cells]) => cells),
      [[asIso(LAST_EVENING), '2026-01-31 23:30:00', '2026-01-31', true, null, 'two\nlines, "quoted" 🎉']],
    );
  });
});
