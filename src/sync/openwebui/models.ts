import * as v from 'valibot';
import type { ModelRecord } from '../../store/records';
import type { OpenWebUiClient } from './client';
import { DIALECTS } from './dialects';
import { ifSupported, readWholeFeed } from './feeds';
import { flag, id, optionalId, text, time } from './fields';
import type { Page } from './paging';

const workspaceRow = v.pipe(
  v.object({
    id,
    name: text,
    base_model_id: optionalId,
    user_id: optionalId,
    is_active: flag,
    created_at: time,
    updated_at: time,
  }),
  v.transform((row): ModelRecord => ({
    modelId: row.id,
    name: row.name,
    baseModelId: row.base_model_id,
    owner: row.user_id,
    source: 'workspace',
    isActive: row.is_active ?? true,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  })),
);

/** `created` is left out: providers make it up anew at each call. */
const providerRow = v.pipe(
  v.object({ id, name: text, owned_by: text }),
  v.transform((row): ModelRecord => ({
    modelId: row.id,
    name: row.name,
    owner: row.owned_by,
    source: 'provider',
    isActive: true,
  })),
);

/**
 * Models that people made, and their changes to the providers' models.
 * @throws OpenWebUiError `unsupported` when the server has no such list
 */
export async function readWorkspaceModels(client: OpenWebUiClient): Promise<Page<ModelRecord>> {
  const { workspaceModels, changedModels } = DIALECTS;
  const own = await ifSupported(() => readWholeFeed(client, { ways: workspaceModels, row: workspaceRow }));
  const changed = await ifSupported(() => readWholeFeed(client, { ways: changedModels, row: workspaceRow }));
  const pages = [own, changed].filter((page) => page !== undefined);
  if (pages.length === 0) {
    throw client.failure('unsupported', { path: '/api/v1/models/' });
  }
  return {
    rows: uniqueModels(pages.flatMap((page) => page.rows)),
    skipped: pages.reduce((sum, page) => sum + page.skipped, 0),
  };
}

/** What the providers offer right now; slow, and partial while a provider is down. */
export async function readProviderModels(client: OpenWebUiClient): Promise<Page<ModelRecord>> {
  const page = await readWholeFeed(client, { ways: DIALECTS.providerModels, row: providerRow });
  return { ...page, rows: uniqueModels(page.rows) };
}

/** One row per model id; the first wins. */
export function uniqueModels(models: readonly ModelRecord[]): readonly ModelRecord[] {
  const byId = new Map<string, ModelRecord>();
  for (const model of models) {
    if (!byId.has(model.modelId)) {
      byId.set(model.modelId, model);
    }
  }
  return [...byId.values()];
}
