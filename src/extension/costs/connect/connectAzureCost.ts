import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CostConnection } from '../../../store/costs/costConnection';
import type { AzureDeployment } from '../../../sync/azure/azureModule';
import { changingAnalysis } from '../../../store/analysis/changingAnalysis';
import { loadAnalysis } from '../../../store/analysis/analysisFile';
import type { ResourceMapping } from '../../../store/analysis/analysisTypes';
import type { Core } from '../../core';
import { sentenceOf } from '../../errors';
import { changeWithWriter, endRunningSyncs } from '../../mirrorChanges';
import { deploymentsOn } from '../mapping/listDeployments';
import { withDeployments, withResources } from '../mapping/mappedAnalysis';
import { syncCostsByHand } from '../syncCosts';
import { askAzure } from './askAzure';
import { freeName, servedIn, signInOf, type ConnectDraft } from './connectDraft';
import { ConnectSession } from './connectSession';
import { mapQuestions } from './mapQuestions';
import { askScopes } from './scopeQuestions';
import { askTenant, askWay, typeClientId, typeSecret, typeTenant } from './signInQuestions';
import { askSteps, type StepQuestion } from './steps';
import { askTag, askTest } from './testQuestions';

const commandTitle = (): string => l10n.t('Connect Azure Cost');

/**
 * Asks who signs in and what is read, shows what Azure answers, asks which instances are served, keeps it all and reads the
 * costs. @throws CancelledError when the user backs out: nothing is stored then
 */
export async function connectAzureCost(core: Core): Promise<void> {
  const { resources } = await loadAnalysis(core.folder.root);
  const session = new ConnectSession(core.costs);
  const start: ConnectDraft = { cloud: 'public' };
  const draft = await askSteps<ConnectDraft>(
    {
      title: commandTitle(),
      questionsFor: (current) => questionsFor(core, session, resources, current),
    },
    start,
  );
  const connections = await keepConnections(core, session, draft);
  await keepMappings(core, session, draft);
  tellWhatIsLeft(core, draft);
  // The dialog has ended; the sync reports for itself.
  void syncCostsByHand(core, connections);
}

function questionsFor(
  core: Core,
  session: ConnectSession,
  mapped: readonly ResourceMapping[],
  draft: ConnectDraft,
): readonly StepQuestion<ConnectDraft>[] {
  const { costs, instances } = core;
  const signIn = draft.way === 'clientSecret' ? [typeTenant, typeClientId, typeSecret] : [askTenant(session)];
  return [
    askWay((cloud) => costs.credentials.hasEditorAccounts(cloud)),
    ...signIn,
    askScopes(session, costs.connections.list()),
    askTag,
    askTest(session),
    ...mapQuestions(draft, instances.list(), mapped),
  ];
}

/** All or none: a connection whose secret could not be stored is not kept. */
async function keepConnections(
  { costs }: Core,
  session: ConnectSession,
  draft: ConnectDraft,
): Promise<readonly CostConnection[]> {
  const { cloud, tenantId = '', secret, tag, scopes = [] } = draft;
  const kept: CostConnection[] = [];
  try {
    for (const { scope, name } of scopes) {
      const added = await costs.connections.add({
        scope,
        name: freeName(name, costs.connections.list()),
        cloud,
        tenantId,
        signIn: signInOf(draft, session.account),
        tag,
      });
      kept.push(added);
      if (secret !== undefined && draft.way === 'clientSecret') {
        await costs.secrets.set(added.id, secret);
      }
    }
  } catch (error) {
    for (const { id } of kept) {
      await costs.connections.remove(id);
      await costs.secrets.delete(id);
    }
    throw error;
  }
  return kept;
}

/** What a person said of resources, and what Azure says of the deployments in them. */
async function keepMappings(core: Core, session: ConnectSession, draft: ConnectDraft): Promise<void> {
  const { accounts = [] } = draft;
  const served = servedIn(draft);
  const resources = accounts.map(({ resourceId }) => resourceId);
  const deployments = await deploymentsOf(core, session, draft, resources);
  if (served.size === 0 && deployments === undefined) {
    return;
  }
  await endRunningSyncs(core);
  await changeWithWriter(
    core,
    l10n.t('Keeping what Azure resources serve'),
    changingAnalysis(core.folder.root, (analysis) => {
      const mapped = withResources(analysis, served);
      return deployments === undefined ? mapped : withDeployments(mapped, deployments);
    }),
  );
  await core.mirror.reload();
}

/** Undefined: there is nothing to ask of, or they were not listed, also where somebody did not want to wait; costs are read all the same. */
async function deploymentsOf(
  { log }: Core,
  session: ConnectSession,
  draft: ConnectDraft,
  resources: readonly string[],
): Promise<readonly AzureDeployment[] | undefined> {
  if (resources.length === 0) {
    return undefined;
  }
  const listed = await askAzure(l10n.t('Listing deployments'), (signal) =>
    deploymentsOn(session.directory(draft), resources, signal),
  ).catch((failure: unknown) => ({ failure }));
  if ('failure' in listed) {
    log.warn(`Deployments could not be listed: ${sentenceOf(listed.failure)}`);
    return undefined;
  }
  return listed.value;
}

function tellWhatIsLeft({ instances }: Core, { accounts }: ConnectDraft): void {
  if (accounts === undefined && instances.list().length > 0) {
    void vscode.window.showInformationMessage(
      l10n.t(
        'The resources could not be listed: that needs the role Reader. Once costs are read, say which instances they serve with Map Azure Resources.',
      ),
    );
  }
}
