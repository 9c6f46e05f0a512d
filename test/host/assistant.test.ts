import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { TOOL_NAMES, type ToolName } from '../../src/assistant/toolTypes';
import type { Core } from '../../src/extension/core';
import type { SampleServer } from '../../src/sample/server';
import type { Instance } from '../../src/store/instances/instance';
import { Answers } from './answers';
import { addInstance, removeAllInstances, startSmallServer, theCore } from './support';

const INPUTS: Readonly<Record<ToolName, object>> = {
  openwebui_list_instances: {},
  openwebui_get_schema: { tables: ['v_turns'] },
  openwebui_run_query: { sql: 'SELECT instance_id, COUNT(*) AS turns FROM v_turns GROUP BY 1' },
  openwebui_get_report: { report: 'users', period: 'all' },
  openwebui_get_sync_status: {},
};

describe('tools for chats', () => {
  const secret = 'Nobody but me may know about the green giraffe.';
  let core: Core;
  let servers: readonly SampleServer[];
  let alpha: Instance;
  let answers: Answers;

  before(async () => {
    core = await theCore();
    await removeAllInstances(core);
    servers = await Promise.all(['assistantAlpha', 'assistantBeta'].map(startSmallServer));
    const [first, second] = servers;
    assert.ok(first && second);
    const [chat] = first.world.chats.all();
    assert.ok(chat);
    first.world.chats.addTurn(chat.id, { prompt: secret });
    alpha = await addInstance(core, 'alpha', first);
    await addInstance(core, 'beta', second);
    await vscode.commands.executeCommand('openwebuiSync.fullSyncAll');
  });
  beforeEach(async () => {
    answers = new Answers();
    await core.instances.update(alpha.id, { ai: 'off', privacy: 'full' });
  });
  afterEach(() => answers.restore());
  after(async () => {
    await removeAllInstances(core);
    await Promise.all(servers.map((server) => server.close()));
  });

  async function ask(name: ToolName, input = INPUTS[name]): Promise<string> {
    const options = { input, toolInvocationToken: undefined };
    const result = await vscode.lm.invokeTool(name, options, new vscode.CancellationTokenSource().token);
    return result.content
      .map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : ''))
      .join('');
  }

  /** Gives the answers to Change AI Access, for alpha. */
  async function change(...given: readonly string[]): Promise<void> {
    answers.give(...given);
    await vscode.commands.executeCommand('openwebuiSync.changeAiAccess', 'alpha');
    assert.deepEqual(answers.left, []);
  }

  const accessOf = (): string | undefined => core.instances.list().find(({ id }) => id === alpha.id)?.ai;

  it('answer nothing until an instance was made available, and say how', async () => {
    for (const name of TOOL_NAMES) {
      await assert.rejects(ask(name), /Change AI Access/u, name);
    }
  });

  it('answer from the instance that was made available, and from no other', async () => {
    await change('Numbers and names', 'Numbers and names');
    assert.equal(accessOf(), 'numbers');
    for (const name of TOOL_NAMES) {
      const answer = await ask(name);
      assert.ok(answer.length > 50, name);
      assert.doesNotMatch(answer, /beta/iu, name);
    }
    const turns = await ask('openwebui_run_query');
    assert.match(turns, new RegExp(`\\| ${alpha.id} \\| \\d+ \\|\\n\\n1 row of alpha`, 'u'));
  });

  it('tell what people wrote only after a question of its own', async () => {
    const words = { sql: "SELECT content FROM messages WHERE content LIKE '%giraffe%'" };
    await change('Numbers and names', 'Numbers and names');
    assert.match(await ask('openwebui_run_query', words), /0 rows/u);
    await change('Numbers and names', 'With the text of messages');
    assert.match(await ask('openwebui_run_query', words), new RegExp(secret, 'u'));
    assert.deepEqual(answers.lists.at(-1), ['Numbers and names', 'With the text of messages']);
  });

  it('show in the tree what is available, and leave at once when it is taken back', async () => {
    await change('Numbers and names', 'Numbers and names');
    const fact = () => core.model.tree()[0]?.children.find(({ id }) => id.endsWith('/ai'));
    assert.deepEqual([fact()?.label, fact()?.description], ['Available to AI', 'Numbers and names']);
    await change('Not available');
    assert.equal(fact(), undefined);
    await assert.rejects(ask('openwebui_list_instances'), /Change AI Access/u);
  });

  it('are not offered where people are not named, and not after such a mode was chosen', async () => {
    await core.instances.update(alpha.id, { ai: 'text' });
    await core.instances.update(alpha.id, { privacy: 'pseudonyms' });
    assert.equal(accessOf(), undefined);
    await assert.rejects(ask('openwebui_run_query'), /Change AI Access/u);
    await change();
    assert.match(answers.shown.at(-1)?.text ?? '', /alpha is not offered to AI/u);
    assert.equal(answers.lists.length, 0);
  });

  it('tell the model what is wrong with its statement', async () => {
    await core.instances.update(alpha.id, { ai: 'numbers' });
    await assert.rejects(
      ask('openwebui_run_query', { sql: 'SELECT x FROM users' }),
      /no such column: x.*get_schema/u,
    );
    await assert.rejects(ask('openwebui_run_query', { sql: 'DROP TABLE users' }), /read-only copy/u);
  });
});
