import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { COMMAND_IDS } from '../../src/extension/commands/commandIds';
import { theCore } from './support';

describe('commands', () => {
  it('are registered exactly as the code lists them', async () => {
    await theCore();
    const all = await vscode.commands.getCommands(true);
    // VS Code adds commands of its own for each view.
    const ours = all.filter((id) => /^openwebuiSync\.\w+$/.test(id));
    assert.deepEqual(ours.sort(), [...COMMAND_IDS].sort());
  });

  it('say what is missing instead of failing silently', async () => {
    const core = await theCore();
    assert.equal(core.instances.list().length, 0);
    // The error boundary answers with a message; the command itself never rejects.
    assert.equal(await vscode.commands.executeCommand('openwebuiSync.syncAll'), undefined);
    assert.equal(await vscode.commands.executeCommand('openwebuiSync.sync'), undefined);
  });
});
