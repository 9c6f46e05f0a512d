import assert from 'node:assert/strict';
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';

type Demo = ChildProcessByStdio<Writable, Readable, Readable>;

interface Instance {
  readonly name: string;
  readonly url: string;
  readonly apiKey: string;
}

const MAIN = join(__dirname, '../../../src/sample/main.ts');

function start(...options: string[]): Demo {
  return spawn(process.execPath, ['--require', 'tsx/cjs', MAIN, ...options], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

async function instancesOf(demo: Demo): Promise<Instance[]> {
  const [line] = (await once(createInterface(demo.stdout), 'line')) as [string];
  return (JSON.parse(line) as { instances: Instance[] }).instances;
}

async function ask<T>(instance: Instance, path: string): Promise<T> {
  const response = await fetch(instance.url + path, {
    headers: { authorization: `Bearer ${instance.apiKey}` },
  });
  return (await response.json()) as T;
}

/** Lets the demo's parent go away. */
async function leave(demo: Demo): Promise<number | null> {
  const ended = once(demo, 'exit') as Promise<[number | null]>;
  demo.stdin.end();
  return (await ended)[0];
}

async function chatTimes(instance: Instance): Promise<string[]> {
  const { users } = await ask<{ users: { id: string }[] }>(instance, '/api/v1/users/all');
  const lists = await Promise.all(
    users.map(({ id }) =>
      ask<{ id: string; updated_at: number }[]>(instance, `/api/v1/chats/list/user/${id}?page=1`),
    ),
  );
  return lists.flat().map((row) => `${row.id} ${row.updated_at}`);
}

describe('The sample program', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sample-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('writes what Azure bills the companies, and says who uses what', async () => {
    const file = join(folder, 'demo/costs.csv');
    const demo = start('--exit-with-parent', '--costs', file);
    const [line] = (await once(createInterface(demo.stdout), 'line')) as [string];
    const { instances, costs } = JSON.parse(line) as {
      instances: Instance[];
      costs: { file: string; resources: { resource: string; instances: string[] }[] };
    };
    await leave(demo);
    assert.equal(costs.file, file);
    const csv = readFileSync(file, 'utf8');
    for (const { resource, instances: names } of costs.resources) {
      assert.ok(csv.includes(resource));
      assert.ok(names.length > 0 && names.every((name) => instances.some((each) => each.name === name)));
    }
    assert.ok(csv.split('\r\n').length > 500);
  });

  it('starts three companies and ends with its parent', async () => {
    const demo = start('--exit-with-parent', '--key', 'sk-known');
    const instances = await instancesOf(demo);
    assert.deepEqual(
      instances.map(({ name, apiKey }) => [name, apiKey]),
      [
        ['fasgpt', 'sk-known'],
        ['resgpt', 'sk-known'],
        ['berkshiregpt', 'sk-known'],
      ],
    );
    for (const instance of instances) {
      const { total } = await ask<{ total: number }>(instance, '/api/v1/users/?page=1');
      assert.ok(total >= 37);
    }
    assert.equal(await leave(demo), 0);
  });

  it('goes on from its state file', async () => {
    const options = ['--exit-with-parent', '--state', join(folder, 'demo/state.json')];
    const first = start(...options, '--now', '1781481600');
    const [company] = await instancesOf(first);
    assert.ok(company);
    await chatTimes(company);
    await ask(company, '/api/version');
    const grown = await chatTimes(company);
    await leave(first);
    assert.ok(existsSync(join(folder, 'demo/state.json')));

    const second = start(...options, '--now', '1781568000');
    const [again] = await instancesOf(second);
    assert.ok(again);
    assert.deepEqual(await chatTimes(again), grown);
    await leave(second);
  });

  it('says in a sentence what is wrong with its options or its state', async () => {
    const file = join(folder, 'state.json');
    writeFileSync(file, '{"formatVersion":1}');
    for (const [options, sentence] of [
      [['--port-base', 'x'], /--port-base must be a whole number/],
      [['--state', file], /Delete the file to start afresh/],
    ] as const) {
      const demo = start(...options);
      const [errors, [code]] = await Promise.all([
        text(demo.stderr),
        once(demo, 'exit') as Promise<[number]>,
      ]);
      assert.match(errors, sentence);
      assert.equal(code, 1);
    }
  });
});
