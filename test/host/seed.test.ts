import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Core } from '../../src/extension/core';
import { runStartRequests } from '../../src/extension/seed';
import { companyAzure } from '../../src/sample/azure/companyAzure';
import { exportCsv } from '../../src/sample/azure/exportCsv';
import type { SampleServer } from '../../src/sample/server';
import { loadAnalysis } from '../../src/store/analysis/analysisFile';
import { forgetCosts, removeAllInstances, startSmallServer, theCore, until } from './support';

describe('what npm start hands over', () => {
  let core: Core;
  let server: SampleServer;
  let folder: string;

  before(async () => {
    core = await theCore();
    server = await startSmallServer('seed');
    folder = await mkdtemp(join(tmpdir(), 'openwebui-sync-test-'));
  });
  beforeEach(() => removeAllInstances(core));
  after(async () => {
    await forgetCosts(core);
    await removeAllInstances(core);
    await server.close();
    await rm(folder, { recursive: true });
  });

  async function handOver(instances: readonly object[], costs?: object): Promise<string> {
    const file = join(folder, 'seed.json');
    await writeFile(file, JSON.stringify({ version: 1, instances, costs }), { mode: 0o600 });
    await runStartRequests(core, { OPENWEBUI_SYNC_SEED_FILE: file });
    return file;
  }

  it('is added with its key, deleted, and synced', async () => {
    const file = await handOver([{ name: 'seeded', url: server.url, apiKey: server.apiKey }]);
    assert.ok(!existsSync(file));
    const [instance] = core.instances.list();
    assert.equal(instance?.name, 'seeded');
    assert.equal((await core.credentials.get(instance))?.value, server.apiKey);
    await until(core, () => /^20 chats/.test(core.model.tree()[0]?.description ?? ''));
  });

  it('brings costs, once however often, and which instance a resource serves', async () => {
    const { world, subscription, served } = companyAzure([{ name: 'seeded', world: server.world }], () =>
      Date.now(),
    );
    const file = join(folder, 'costs.csv');
    await writeFile(file, exportCsv(world, subscription));
    const resources = served.map(({ resource, companies }) => ({
      resource: resource.id,
      instances: companies,
    }));
    await handOver([{ name: 'seeded', url: server.url, apiKey: server.apiKey }], { file, resources });
    await handOver([{ name: 'seeded', url: server.url, apiKey: server.apiKey }], { file, resources });
    const [scope] = core.mirror.status.costs ?? [];
    assert.equal(core.mirror.status.costs?.length, 1);
    assert.deepEqual([scope?.source, scope?.name, scope?.unmappedResources], ['import', 'Demo AI', 1]);
    const { resources: mapped } = await loadAnalysis(core.folder.root);
    assert.deepEqual(
      mapped.map(({ resource }) => resource),
      served.map(({ resource }) => resource.id.slice(1).toLowerCase()),
    );
  });

  it('moves an instance of that name to another port instead of adding a second one', async () => {
    const old = await core.instances.add({ name: 'seeded', url: 'http://127.0.0.1:9' });
    await handOver([{ name: 'seeded', url: server.url, apiKey: server.apiKey }]);
    assert.deepEqual(
      core.instances.list().map(({ id, url }) => ({ id, url })),
      [{ id: old.id, url: server.url }],
    );
  });

  it('is refused and deleted when it names another machine', async () => {
    const file = await handOver([{ name: 'seeded', url: 'https://example.org', apiKey: 'sk-0123456789' }]);
    assert.ok(!existsSync(file));
    assert.equal(core.instances.list().length, 0);
  });
});
