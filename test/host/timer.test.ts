import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Core } from '../../src/extension/core';
import type { SampleServer } from '../../src/sample/server';
import { addInstance, removeAllInstances, startSmallServer, theCore, until } from './support';

const HOUR = 3_600_000;

describe('the timer', () => {
  let core: Core;
  let server: SampleServer;

  before(async () => {
    core = await theCore();
    server = await startSmallServer('timer');
  });
  beforeEach(async () => {
    await removeAllInstances(core);
    await addInstance(core, 'alpha', server);
  });
  afterEach(() => setSchedule(undefined));
  after(async () => {
    await removeAllInstances(core);
    await server.close();
  });

  async function setSchedule(value: string | undefined): Promise<void> {
    const configuration = vscode.workspace.getConfiguration('openwebuiSync');
    await configuration.update('timer.schedule', value, vscode.ConfigurationTarget.Global);
  }

  function runCount(): number {
    const id = core.instances.list()[0]?.id;
    return core.mirror.status.instances.find(({ instanceId }) => instanceId === id)?.runs.length ?? 0;
  }

  it('is off until somebody starts it', () => {
    assert.equal(core.timer.isOn, false);
    assert.equal(core.timer.nextRuns().size, 0);
  });

  it('follows the setting at once', async () => {
    await setSchedule('hourly');
    await until(core, () => core.timer.isOn);
    assert.equal(core.timer.nextRuns().size, 1);
    await vscode.commands.executeCommand('openwebuiSync.stopTimer');
    await until(core, () => !core.timer.isOn);
  });

  it('syncs what is due, and not again before the next time', async () => {
    await vscode.commands.executeCommand('openwebuiSync.sync', 'alpha');
    await setSchedule('hourly');
    await until(core, () => core.timer.isOn && runCount() === 1);
    let now = Date.now();
    await core.timer.tick(now);
    assert.equal(runCount(), 1);

    // A look of the timer itself in between, at the real time, is another jump.
    while (runCount() === 1) {
      // A jump in time counts as waking up: nothing starts at once.
      now += 2 * HOUR;
      await core.timer.tick(now);
      assert.equal(runCount(), 1);
      await core.timer.tick(now + 30_000);
      await core.mirror.reload();
    }
    assert.equal(runCount(), 2);
  });

  it('leaves an instance alone whose key is missing', async () => {
    const [instance] = core.instances.list();
    assert.ok(instance);
    await core.credentials.delete(instance);
    await until(core, () => core.model.view().signInProblems.size === 1);
    await setSchedule('hourly');
    await until(core, () => core.timer.isOn);
    server.clearRequests();
    await core.timer.tick(Date.now());
    await core.timer.tick(Date.now() + 30_000);
    assert.deepEqual(server.requests, []);
  });
});
