import * as v from 'valibot';
import type { EpochSeconds, ModelRecord } from '../../../store/records';
import type { OpenWebUiClient } from '../../openwebui/client';
import { isFailure, type OpenWebUiError } from '../../openwebui/failures';
import { ifSupported } from '../../openwebui/feeds';
import { readProviderModels, readWorkspaceModels } from '../../openwebui/models';
import type { Page } from '../../openwebui/paging';
import { markMissing } from '../deletions';
import type { Identities } from '../identities';
import type { StreamDefinition } from '../runTypes';
import { isAgeOf, isRareStreamDue } from './due';

/** Providers are asked once a day: each answer costs the server a call to every one of them. */
const PROVIDER_AGE = 86_400;

/** What is remembered of the providers' models, since their list is partial while one of them is down. */
const providerWalk = v.object({
  at: v.number(),
  ids: v.array(v.string()),
  /** Shown by the walk before the last, absent from the last: gone when the next one does not show them either. */
  missing: v.array(v.string()),
});
type ProviderWalk = v.InferOutput<typeof providerWalk>;

/** Models that people made, and those that the providers offer. */
export const modelsStream: StreamDefinition = {
  streams: ['models'],
  isDue: (context) => isRareStreamDue(context, 'models'),

  async sync(context) {
    const { client, identities, writer, runId, ledger, states, serverStart } = context;
    const saved = v.safeParse(providerWalk, states.walk('models'));
    const before = saved.success ? saved.output : undefined;
    const workspace = await ifSupported(() => readWorkspaceModels(client));
    const isDue = context.request.kind === 'full' || isAgeOf(context, before?.at, PROVIDER_AGE);
    // The workspace's models are worth having also while the providers cannot be asked.
    const provider = isDue ? await attempt(() => readProviderModels(client)) : undefined;

    const models = uniteModels(workspace?.rows ?? [], provider?.page?.rows ?? []);
    const records = models.map((model) => withOwner(model, identities));
    ledger.count('models', await writer.applyModels(runId, records));
    if (provider?.failure !== undefined) {
      throw provider.failure;
    }
    const known = await writer.knownIds(runId, 'models');
    // Rows without a usable id may be any of the models that seem to be missing.
    const isWhole = provider?.page?.skipped === 0;
    const walk = isWhole
      ? nextWalk(withoutPresets(provider.page.rows, workspace?.rows ?? []), before, serverStart)
      : before;
    if (workspace?.skipped === 0) {
      await markMissing(context, {
        stream: 'models',
        remoteIds: missingOf(known, models, walk),
        liveRows: known.length,
        exists: existsInWorkspace(client),
      });
    }
    await states.change('models', { lastCompleteAt: serverStart, walkJson: walk && JSON.stringify(walk) });
  },
};

/** A page, or why there is none. @throws what is no failure of the server */
async function attempt(
  read: () => Promise<Page<ModelRecord>>,
): Promise<{ readonly page?: Page<ModelRecord>; readonly failure?: OpenWebUiError }> {
  try {
    return { page: await read() };
  } catch (error) {
    if (isFailure(error)) {
      return { failure: error };
    }
    throw error;
  }
}

/** A model of the workspace belongs to a user; one of a provider names the provider. */
function withOwner(model: ModelRecord, identities: Identities): ModelRecord {
  return model.source === 'workspace' ? { ...model, owner: identities.ownerOf(model.owner) } : model;
}

/** The workspace's models, and those of the providers that the workspace does not change. */
function uniteModels(
  workspace: readonly ModelRecord[],
  provider: readonly ModelRecord[],
): readonly ModelRecord[] {
  const own = new Set(workspace.map((model) => model.modelId));
  return [...workspace, ...provider.filter((model) => !own.has(model.modelId))];
}

/** The providers' list repeats what people made from their models; only the workspace tells when that is gone. */
function withoutPresets(
  provider: readonly ModelRecord[],
  workspace: readonly ModelRecord[],
): readonly ModelRecord[] {
  const presets = new Set(
    workspace.filter((model) => model.baseModelId !== undefined).map((model) => model.modelId),
  );
  return provider.filter((model) => !presets.has(model.modelId));
}

function nextWalk(
  provider: readonly ModelRecord[],
  before: ProviderWalk | undefined,
  at: EpochSeconds,
): ProviderWalk {
  const ids = provider.map((model) => model.modelId);
  const listed = new Set(ids);
  return { at, ids, missing: (before?.ids ?? []).filter((id) => !listed.has(id)) };
}

/** Models that no list shows; those of providers only when two walks in a row did not show them. */
function missingOf(
  known: readonly string[],
  models: readonly ModelRecord[],
  walk: ProviderWalk | undefined,
): readonly string[] {
  const shown = new Set([...models.map((model) => model.modelId), ...(walk?.ids ?? [])]);
  const waiting = new Set(walk?.missing ?? []);
  return known.filter((id) => !shown.has(id) && !waiting.has(id));
}

/** Models cannot be asked for one by one: the list is read once more instead. */
function existsInWorkspace(client: OpenWebUiClient): (modelId: string) => Promise<boolean> {
  let ids: Promise<ReadonlySet<string>> | undefined;
  return async (modelId) => {
    ids ??= readWorkspaceModels(client).then(({ rows }) => new Set(rows.map((model) => model.modelId)));
    return (await ids).has(modelId);
  };
}
