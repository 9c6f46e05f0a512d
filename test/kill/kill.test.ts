import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { SeededRandom } from '../../src/sample/random';
import { dataFolderAt } from '../../src/store/dataFolder';
import { readSealed } from '../../src/store/generationStore';
import { bundle } from '../unit/store/bundle';
import { publishedRows } from '../unit/store/published';

const ROUNDS = Number(process.env['KILL_ROUNDS'] ?? 30);
const ROUNDS_PER_FOLDER = 6;
const SEED = Number(process.env['KILL_SEED'] ?? Date.now() % 1_000_000);

/** A user whose publish was acknowledged before the kill. */
interface Acknowledged {
  readonly userId: string;
  readonly generation: number;
}

describe(`Writers that are killed at any point (KILL_SEED=${SEED})`, function () {
  this.timeout(60_000);
  const random = new SeededRandom(SEED);
  const base = mkdtempSync(join(tmpdir(), 'openwebui-sync-kill-'));
  let program = '';
  let acknowledged: Acknowledged[] = [];
  before(async () => {
    const path = await bundle(join(base, 'bundle'), { writerProcess: 'test/kill/writerProcess.ts' });
    program = path('writerProcess');
  });
  after(() => {
    rmSync(base, { recursive: true, force: true });
  });

  for (let round = 1; round <= ROUNDS; round++) {
    const writers = random.integer(1, 3);
    const lifetimes = Array.from({ length: writers }, () => random.integer(150, 1_000));
    const folder = join(base, `data-${Math.ceil(round / ROUNDS_PER_FOLDER)}`);
    it(`round ${round}, ${writers} at once: nothing acknowledged is lost`, async () => {
      if (!existsSync(folder)) {
        acknowledged = [];
      }
      const results = lifetimes.map((ms, index) => runAndKill(folder, `r${round}w${index}`, ms));
      acknowledged.push(...(await Promise.all(results)).flat());
      await assertSound(folder, acknowledged);
    });
  }

  async function runAndKill(folder: string, name: string, ms: number): Promise<Acknowledged[]> {
    const child = spawn(process.execPath, [program, folder, name], { stdio: ['ignore', 'pipe', 'pipe'] });
    const output = collect(child.stdout);
    const errors = collect(child.stderr);
    const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
    await Promise.race([delay(ms), ended]);
    child.kill('SIGKILL');
    await ended;
    assert.equal(await errors, '', 'no writer fails by itself');
    // The last line may be cut by the kill; then it was not acknowledged.
    const lines = (await output).split('\n').slice(0, -1);
    return lines.map((line) => {
      const [userId = '', generation] = line.split(' ');
      return { userId, generation: Number(generation) };
    });
  }

  async function assertSound(folder: string, expected: readonly Acknowledged[]): Promise<void> {
    if (expected.length === 0) {
      return;
    }
    const rows = (await publishedRows(
      folder,
      `SELECT u.remote_id, count(m.id), min(length(m.content)) FROM users u JOIN chats c ON c.user_id = u.id
       JOIN messages m ON m.chat_id = c.id GROUP BY u.id`,
    )) as [string, number, number][];
    const published = new Map(rows.map(([userId, messages, length]) => [userId, [messages, length]]));
    for (const { userId } of expected) {
      assert.deepEqual(published.get(userId), [2, userId.length * 2_000], userId);
    }
    const newest = Math.max(...expected.map(({ generation }) => generation));
    const [[generation] = []] = await publishedRows(
      folder,
      "SELECT value FROM meta WHERE key = 'generation'",
    );
    assert.ok(Number(generation) >= newest);
    const runs = await publishedRows(folder, "SELECT run_id FROM sync_runs WHERE status = 'ok'");
    const okRuns = new Set(runs.map(([runId]) => runId));
    assert.deepEqual(
      expected.filter(({ userId }) => !okRuns.has(`run-of-${userId}`)),
      [],
    );
    assert.deepEqual(await publishedRows(folder, 'PRAGMA integrity_check'), [['ok']]);
    assert.deepEqual(await publishedRows(folder, 'PRAGMA foreign_key_check'), []);
    const { corrupt, fixedName } = dataFolderAt(folder);
    assert.deepEqual(readdirSync(corrupt), []);
    assert.notEqual(readSealed(fixedName), 'damaged');
  }
});

function collect(stream: ChildProcess['stdout']): Promise<string> {
  let text = '';
  return new Promise((resolve) => {
    stream?.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    stream?.on('close', () => resolve(text));
  });
}
