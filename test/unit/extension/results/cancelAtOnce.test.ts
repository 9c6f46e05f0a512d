import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { QuerySession } from '../../../../src/extension/results/querySession';
import { createQueryRunner } from '../../../../src/store/queryRunner';
import type { QueryRunner } from '../../../../src/store/resultSet';
import { bundle } from '../../store/bundle';
import { message, useMirrors } from '../../store/builders';
import { publishChat } from '../../store/shards';

const ENDLESS = 'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)';
/** What comes of work that is over before anything but it gets its turn. */
const atOnce = <T>(work: Promise<T>): Promise<T | 'later'> =>
  Promise.race([work, setImmediate('later' as const)]);

describe('A session whose worker is busy', () => {
  const { root, open } = useMirrors();
  const outdir = mkdtempSync(join(tmpdir(), 'openwebui-sync-cancel-'));
  let workerPath: string;
  let runner: QueryRunner;
  let session: QuerySession;
  before(async () => {
    workerPath = (await bundle(outdir, { query: 'src/store/queryWorker.ts' }))('query');
  });
  after(() => rmSync(outdir, { recursive: true, force: true }));
  beforeEach(async () => {
    publishChat(await open(), 'c1', [message('m1')]);
    runner = createQueryRunner({ folder: root(), workerPath });
    session = new QuerySession({
      limits: () => ({ rows: 10, timeoutMs: 0 }),
      ran: { add: () => undefined },
      onFailure: (error) => assert.fail(String(error)),
      onChange: () => undefined,
    });
  });
  afterEach(() => {
    session.dispose();
    runner.dispose();
  });

  const run = (text: string) =>
    session.run([{ start: 0, end: text.length, text }], {
      source: { sourceId: 'demo', queries: runner },
      describeError: (_, error) => String(error),
    });

  /** What waits behind a statement that spins is refused without its turn having come. */
  const spins = () =>
    assert.rejects(
      runner.run('SELECT 1', { limit: 1, signal: AbortSignal.timeout(50) }),
      /aborted|cancelled/iu,
    );

  it('is free at once after a cancel, and runs the next statement', async () => {
    const running = run(`${ENDLESS} SELECT count(*) FROM n`);
    await spins();
    session.cancel();
    assert.deepEqual(await atOnce(running), { kind: 'cancelled' });
    assert.deepEqual([session.isRunning, session.state.phase], [false, 'cancelled']);
    assert.deepEqual(await run('SELECT 2 AS n'), { kind: 'done' });
    assert.equal(session.front?.shown.columns[0]?.at(0), 2);
  });

  it('keeps the rows that it has when reading all of them is cancelled', async () => {
    await run(`${ENDLESS} SELECT i FROM n`);
    const { id } = session.state.results[0]!;
    const reading = session.showAll(id);
    await spins();
    session.cancel();
    assert.equal(await atOnce(reading), undefined);
    assert.equal(session.isRunning, false);
    assert.equal(session.held(id)?.shown.rowCount, 10);
    assert.equal(session.held(id)?.problem, undefined);
  });
});
