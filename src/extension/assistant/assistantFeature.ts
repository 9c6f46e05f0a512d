import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Instance } from '../../store/instances/instance';
import type { QueryRunner } from '../../store/resultSet';
import { setContextKey } from '../contextKeys';
import type { Core, CoreFeature } from '../core';
import { detailOf } from '../errors';
import { chooseInstance } from '../instances/chooseInstance';
import { queriesInOwnThread } from '../queries/ownThread';
import { availableOf } from '../../assistant/available';
import { callTool, type ToolHost } from '../../assistant/callTool';
import { changeAiAccess } from './changeAiAccess';
import type { Tool } from '../../assistant/toolTypes';
import { TOOLS } from '../../assistant/tools/allTools';

/** The tools for chats, and Change AI Access. */
export const assistantFeature: CoreFeature = (core) => {
  core.registerCommand('openwebuiSync.changeAiAccess', async (...args) => {
    await changeAiAccess(core, await chooseInstance(args, core.instances.list(), l10n.t('Change AI Access')));
  });
  const queries = queriesInOwnThread(core);
  const noteAccess = (): void => {
    setContextKey('hasAiAccess', availableOf(core.instances.list()).length > 0);
  };
  noteAccess();
  return vscode.Disposable.from(
    queries,
    core.instances.onDidChange(noteAccess),
    ...TOOLS.map((tool) => vscode.lm.registerTool(tool.name, languageModelTool(core, queries, tool))),
  );
};

function languageModelTool(core: Core, queries: QueryRunner, tool: Tool): vscode.LanguageModelTool<unknown> {
  return {
    prepareInvocation: async ({ input }) => {
      const question = tool.question(input, availableOf((await hostOf(core, queries)).instances));
      return {
        invocationMessage: tool.progress(),
        ...(question === undefined
          ? {}
          : {
              confirmationMessages: {
                title: question.title,
                message: new vscode.MarkdownString(question.message),
              },
            }),
      };
    },
    invoke: async ({ input }, token) => {
      const cancel = new AbortController();
      const listening = token.onCancellationRequested(() => cancel.abort());
      try {
        const answer = await callTool(tool, input, await hostOf(core, queries), cancel.signal);
        return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(answer.text)]);
      } catch (error) {
        core.log.debug(`${tool.name}: ${detailOf(error)}`);
        throw error;
      } finally {
        listening.dispose();
      }
    },
  };
}

/** What was agreed to is read anew at each call: the command line and other windows change it, too. */
async function hostOf(core: Core, queries: QueryRunner): Promise<ToolHost> {
  const instancesNow = async (): Promise<readonly Instance[]> => {
    await core.instances.reload();
    return core.instances.list();
  };
  return {
    instances: await instancesNow(),
    instancesNow,
    status: core.mirror.status,
    syncing: core.mirror.running.map(({ instanceId }) => instanceId),
    queries,
    generation: () => core.reader.generation(),
    now: Date.now(),
    zone: core.instances.zone(),
  };
}
