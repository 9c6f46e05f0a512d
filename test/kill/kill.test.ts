import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { SeededRandom } from '../../src/sample/random';
import { bundle } from '../unit/store/bundle';
import { AcknowledgedWork } from './acknowledged';
import { assertSound, assertTidy } from './check';
import type { Orders } from './orders';
import { KILLED_AT, planRounds, type Round, type RoundWriter } from './rounds';

const ROUNDS = Number(process.env['KILL_ROUNDS'] ?? 30);
const SEED = Number(process.env['KILL_SEED'] ?? Date.now() % 1_000_000);
/** A process that has not come to its failpoint by then never will. */
const LONGEST_MS = 30_000;
const ALL_POINTS_AFTER = 30;

describe(`Writers that are killed at any point (KILL_SEED=${SEED})`, function () {
  this.timeout(180_000);
  const random = new SeededRandom(SEED);
  const base = mkdtempSync(join(tmpdir(), 'openwebui-sync-kill-'));
  const startedAt = Date.now();
  const died = new Set<string>();
  let program = '';
  before(async () => {
    const path = await bundle(join(base, 'bundle'), { writerProcess: 'test/kill/writerProcess.ts' });
    program = path('writerProcess');
  });
  after(() => {
    rmSync(base, { recursive: true, force: true });
  });

  planRounds(ROUNDS, random).forEach((rounds, number) => {
    describe(`folder ${number + 1}`, () => {
      const folder = join(base, `data-${number}`);
      const work = new AcknowledgedWork();
      before(() => {
        mkdirSync(folder);
      });
      rounds.forEach((round, index) => {
        it(`${titleOf(round)}: nothing acknowledged is lost`, async () => {
          await play(folder, round, `f${number}r${index}`, work);
          await assertSound(folder, work);
        });
      });
      it('is tidy in the end', () => assertTidy(folder, work));
    });
  });

  describe('all together', () => {
    it('have ended at every failpoint', function () {
      if (ROUNDS < ALL_POINTS_AFTER) {
        this.skip();
      }
      assert.deepEqual(
        KILLED_AT.filter((point) => !died.has(point)),
        [],
      );
    });
  });

  async function play(folder: string, round: Round, name: string, work: AcknowledgedWork): Promise<void> {
    const { writers, isWithoutLinks } = round;
    const outputs = writers.map((writer, index) => {
      const { point, hit } = writer;
      const isAlone = writers.length === 1;
      return runAndKill(
        { folder, name: `${name}w${index}`, startedAt, isAlone, isWithoutLinks, point, hit },
        writer,
      );
    });
    for (const output of await Promise.all(outputs)) {
      work.note(output);
    }
    work.points().forEach((point) => died.add(point));
  }

  async function runAndKill(orders: Orders, writer: RoundWriter): Promise<string> {
    const child = spawn(process.execPath, [program, JSON.stringify(orders)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output = collect(child.stdout);
    const errors = collect(child.stderr);
    const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
    const isOver = new AbortController();
    const time = delay(writer.point === undefined ? writer.lifetimeMs : LONGEST_MS, undefined, {
      signal: isOver.signal,
    }).catch(() => undefined);
    await Promise.race([time, ended]);
    isOver.abort();
    child.kill('SIGKILL');
    await ended;
    assert.equal(await errors, '', 'no writer fails by itself');
    return output;
  }
});

function titleOf({ writers, isWithoutLinks }: Round): string {
  const points = writers.map(({ point }) => point ?? 'at random');
  return `${points.join(', ')}${isWithoutLinks ? ', without hard links' : ''}`;
}

function collect(stream: ChildProcess['stdout']): Promise<string> {
  let text = '';
  return new Promise((resolve) => {
    stream?.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    stream?.on('close', () => resolve(text));
  });
}
