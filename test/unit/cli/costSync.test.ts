import assert from 'node:assert/strict';
import { createHttpHeaders, type HttpClient } from '@azure/core-rest-pipeline';
import { Command } from 'commander';
import { mappingOf } from '../../../src/extension/costs/mapping/resourceMap';
import { addCostCommand } from '../../../src/cli/commands/cost';
import type { CostParts } from '../../../src/cli/costSession';
import { SampleWorld } from '../../../src/sample/world';
import { loadAnalysis } from '../../../src/store/analysis/analysisFile';
import { plainScope } from '../../../src/store/costs/costScope';
import type { CostScopeStatus } from '../../../src/store/costs/costTypes';
import { createAzureClients } from '../../../src/sync/azure/azureClients';
import { createCredential } from '../../../src/sync/azure/credentials';
import { CostStage } from '../sync/costs/costHarness';
import { CliStage } from './cliStage';

const SECRET = 'the-secret-value';

describe('cost of an application with a client secret', function () {
  this.timeout(120_000);
  const stage = new CliStage(() => {
    const world = new SampleWorld();
    world.users.add({ name: 'Ada Admin', email: 'ada@example.test', role: 'admin' });
    return world;
  });
  let azure: CostStage;
  beforeEach(async () => {
    await stage.set();
    await stage.add();
    azure = await new CostStage(stage.data).start();
  });
  afterEach(async () => {
    await azure.close();
    await stage.strike();
  });

  /** Entra ID: gives the application a token that the sample Azure takes. */
  function entra(asked: string[]): HttpClient {
    return {
      sendRequest: async (request) => {
        asked.push(typeof request.body === 'string' ? request.body : '');
        const given = await azure.azure.credential(azure.subscription.tenant.id).getToken([]);
        const body = { token_type: 'Bearer', expires_in: 3600, access_token: given.token };
        return {
          request,
          status: 200,
          headers: createHttpHeaders({ 'content-type': 'application/json' }),
          bodyAsText: JSON.stringify(body),
        };
      },
    };
  }

  /** Runs a command in this process, against the sample Azure. @returns what it wrote */
  async function run(args: readonly string[], asked: string[] = []): Promise<string> {
    const parts: CostParts = {
      loadAzure: () => ({
        ...createAzureClients(),
        createCredential: (order, tenant, cloud) => createCredential(order, tenant, cloud, entra(asked)),
      }),
      clock: azure.time,
      httpClient: azure.azure.httpClient,
      spacingMs: 0,
      writerOf: () => () => azure.openWriter(),
    };
    let text = '';
    const write = (added: string): void => {
      text += added;
    };
    const program = new Command().exitOverride();
    addCostCommand(
      program,
      {
        env: { COST_SECRET: SECRET },
        out: write,
        err: write,
        ask: undefined,
        askSecret: undefined,
        columns: undefined,
        signal: new AbortController().signal,
      },
      parts,
    );
    await program.parseAsync([...args, '--data', stage.data], { from: 'user' });
    return text;
  }

  const connect = (): readonly string[] => [
    ...['cost', 'connect', '--scope', azure.subscription.scope, '--name', 'Production'],
    ...['--tenant', azure.subscription.tenant.id, '--client-id', 'app-1', '--secret-env', 'COST_SECRET'],
  ];

  it('is tested, read, and mapped; what the command line says the editor shows', async () => {
    azure.bill('2025-10-02', '1.25');
    azure.bill('2025-09-30', '2');
    const asked: string[] = [];
    assert.equal(
      await run(connect(), asked),
      'Connected Production: 1.25 EUR in this month so far. Next: cost sync\n',
    );
    assert.ok(asked.some((body) => body.includes('client_id=app-1')));
    const read = await run(['cost', 'sync', 'production', 'Production']);
    assert.equal(read.match(/Production: ok/gu)?.length, 1);
    assert.match(read, /Production: 2025-10 actual \(1 of 26\)/u);
    assert.match(read, /Production: ok\n {2}26 months of actual or amortized cost read/u);
    assert.ok(!read.includes(SECRET));

    const status = async (): Promise<CostScopeStatus | undefined> =>
      (JSON.parse(await stage.ok(['cost', 'status', '--json'])) as CostScopeStatus[])[0];
    const before = await status();
    assert.deepEqual(before?.newestMonth, [{ month: '2025-10', currency: 'EUR', cost: 1.25 }]);
    assert.equal(before.unmappedResources, 1);
    const [[resource] = []] = await azure.rows('SELECT DISTINCT resource_id FROM cost_daily');
    await stage.ok(['cost', 'map', String(resource).toUpperCase(), 'fasgpt']);
    assert.equal((await status())?.unmappedResources, 0);
    const { resources } = await loadAnalysis(stage.data);
    assert.deepEqual(mappingOf(plainScope(String(resource)), resources)?.instances, [1]);
  });

  it('is not kept where Azure refuses the test', async () => {
    azure.azure.turn('role missing', { times: 99 });
    await assert.rejects(run(connect()), /role to read the costs of .* is missing/u);
    assert.equal(await run(['cost', 'list', '--json']), '[]\n');
  });

  it('stays when its connection goes, is shown as disconnected, and goes when asked for', async () => {
    azure.bill('2025-10-02', '1.25');
    await run(connect());
    await run(['cost', 'sync']);
    assert.match(await run(['cost', 'remove', 'production']), /Its costs stay in the database and count/u);
    assert.match(await stage.ok(['cost', 'status']), /Production \(disconnected, subscriptions\//u);
    await assert.rejects(run(['cost', 'remove', 'production']), /To delete its costs: .*--delete-data/u);
    assert.match(await run(['cost', 'remove', 'production', '--delete-data']), /Its costs are deleted/u);
    assert.deepEqual(await azure.rows('SELECT count(*) FROM cost_daily'), [[0]]);
  });
});
