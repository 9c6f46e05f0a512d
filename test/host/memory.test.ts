import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { commands, extensions, version } from 'vscode';
import { EXTENSION_ID, removeAllInstances, theCore, theExtension } from './support';

const SAMPLES = 5;
const PAUSE_MS = 200;
const INSTANCES = 3;
const LIMIT_MB = 40;
const MB = 1_000_000;

/** Comes first: only a host that the extension has not been loaded into yet tells what it adds. */
describe('memory of a window that only shows the tree', () => {
  it(`is less than ${LIMIT_MB} MB above that of the host without the extension`, async function () {
    const extension = theExtension();
    if (extension.isActive) {
      this.skip();
    }
    await startedByItself();
    const before = await usedBytes();
    const core = await theCore();
    for (let number = 1; number <= INSTANCES; number += 1) {
      await core.instances.add({ name: `Memory ${number}`, url: `http://127.0.0.1:9/${number}` });
    }
    await commands.executeCommand('openwebuiSync.instances.focus');
    assert.equal(core.model.tree().length, INSTANCES);
    const shown = await usedBytes();
    await removeAllInstances(core);

    const figure = {
      treeMb: (shown.resident - before.resident) / MB,
      treeHeapMb: (shown.heap - before.heap) / MB,
      hostMb: before.resident / MB,
      host: `VS Code ${version}`,
    };
    const out = join(extension.extensionPath, 'out');
    mkdirSync(out, { recursive: true });
    // The bench reports it among its figures.
    writeFileSync(join(out, 'memory.json'), `${JSON.stringify(figure)}\n`);
    assert.ok(figure.treeMb < LIMIT_MB, `${figure.treeMb} MB`);
    assert.ok(figure.treeHeapMb < LIMIT_MB, `${figure.treeHeapMb} MB of heap`);
  });
});

/** Waits for what the editor loads at its start, late on a slow machine: it must not count as ours. */
async function startedByItself(): Promise<void> {
  const atStart = extensions.all.filter(({ id, packageJSON }) => {
    const { activationEvents = [] } = packageJSON as { readonly activationEvents?: readonly string[] };
    return (
      id !== EXTENSION_ID && activationEvents.some((event) => ['*', 'onStartupFinished'].includes(event))
    );
  });
  await Promise.allSettled(atStart.map((extension) => extension.activate()));
}

interface Used {
  /** Of the whole process: what the host gives back meanwhile counts against what the extension takes. */
  readonly resident: number;
  /** Objects and buffers of JavaScript. */
  readonly heap: number;
}

/** Memory after what is garbage has gone: the least of several looks, since others use the process as well. */
async function usedBytes(): Promise<Used> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const samples: Used[] = [];
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    await sleep(PAUSE_MS);
    collect();
    const { rss, heapUsed, external } = process.memoryUsage();
    samples.push({ resident: rss, heap: heapUsed + external });
  }
  return {
    resident: Math.min(...samples.map(({ resident }) => resident)),
    heap: Math.min(...samples.map(({ heap }) => heap)),
  };
}
