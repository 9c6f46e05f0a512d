import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SampleWorld } from '../../../src/sample/world';
import { exportOf, RESOURCE, SUBSCRIPTION } from '../sync/costImport/importHarness';
import { CliStage } from './cliStage';

describe('cost', function () {
  this.timeout(120_000);
  const stage = new CliStage(() => {
    const world = new SampleWorld();
    world.users.add({ name: 'Ada Admin', email: 'ada@example.test', role: 'admin' });
    return world;
  });
  beforeEach(async () => {
    await stage.set();
    await stage.add();
  });
  afterEach(() => stage.strike());

  const file = (): string => {
    const path = join(stage.data, 'export.csv');
    writeFileSync(
      path,
      exportOf([
        { date: '2025-10-01', cost: '1.25' },
        { date: '2025-10-31', cost: '2' },
      ]),
    );
    return path;
  };

  it('import, status, remove: a file is read once, and goes again', async () => {
    const path = file();
    const first = await stage.ok(['cost', 'import', path, '--name', 'October']);
    assert.match(
      first,
      /2 rows of the file are imported\.\n  October, actual, 2025-10: 3\.25 EUR \(2 rows changed\)/,
    );
    assert.match(await stage.ok(['cost', 'import', path, '--name', 'October']), /\(nothing new\)/);
    const told = JSON.parse(await stage.ok(['cost', 'import', path, '--name', 'October', '--json'])) as {
      readonly rows: number;
      readonly scopes: readonly { readonly totals: unknown }[];
    };
    assert.deepEqual([told.rows, told.scopes[0]?.totals], [2, [{ currency: 'EUR', cost: 3.25 }]]);
    assert.match(
      await stage.ok(['cost', 'status']),
      new RegExp(
        `October \\(imported, subscriptions/${SUBSCRIPTION}\\)\n  1 month, [\\s\\S]*2025-10: 3.25 EUR`,
      ),
    );
    assert.match(await stage.ok(['cost', 'remove', 'october', '--delete-data']), /Its costs are deleted/);
    assert.deepEqual(await stage.rows('SELECT count(*) AS n FROM cost_daily'), [{ n: 0 }]);
    await stage.fails(['cost', 'remove', 'october'], 2, /no connection or import "october"/);
    await stage.fails(['cost', 'import', '/nowhere.csv'], 1, /There is no file \/nowhere\.csv/);
  });

  it('import takes the parts of an export together, and none of them alone', async () => {
    const parts = ['part_0_0001.csv', 'part_1_0001.csv'].map((name, index) => {
      const path = join(stage.data, name);
      writeFileSync(path, exportOf([{ date: '2025-10-01', cost: String(index + 1) }]));
      return path;
    });
    await stage.fails(['cost', 'import', parts[1] ?? ''], 1, /one export in several files/);
    assert.match(await stage.ok(['cost', 'import', ...parts]), /2 rows of the file are imported\.\n.* 3 EUR/);
  });

  it('connect, list, remove: keeps places of secrets and says what is missing', async () => {
    const connect = ['cost', 'connect', '--scope', SUBSCRIPTION, '--name', 'Production', '--no-test'];
    await stage.fails(connect, 2, /Say how to sign in, in one way/);
    await stage.fails([...connect, '--azure-cli', '--managed-identity'], 2, /in one way/);
    await stage.fails([...connect, '--managed-identity'], 2, /--tenant ID/);
    const application = ['--tenant', SUBSCRIPTION, '--client-id', 'app', '--secret-env'];
    await stage.fails([...connect, ...application, 'a-secret~value'], 2, /not the secret\.$/m);
    await stage.ok([...connect, ...application, 'AZURE_COST_SECRET']);
    assert.match(
      await stage.ok(['cost', 'list']),
      /Production {2}subscriptions\/1+-.* {2}sign-in: application app, secret: \$AZURE_COST_SECRET/,
    );
    await stage.fails([...connect, '--azure-cli'], 1, /are read already, as "Production"/);
    await stage.fails(
      ['cost', 'sync'],
      3,
      /AZURE_COST_SECRET, which holds the client secret of Production, is not set/,
    );
    assert.match(await stage.ok(['cost', 'remove', 'Production']), /Removed Production\. Its costs stay/);
    await stage.fails(['cost', 'sync'], 1, /Nothing of Azure is connected yet/);
  });

  it('map, map-meter, map-deployment, invoice: are said in analysis.json', async () => {
    await stage.ok(['cost', 'map', RESOURCE, '--none']);
    await stage.ok(['cost', 'map', RESOURCE, 'fasgpt']);
    await stage.ok(['cost', 'map-meter', 'PTU', '--direction', 'fixed', '--driver', 'turns']);
    await stage.ok(['cost', 'map-deployment', 'chat', 'gpt-4o', '--model-version', '2024-08-06']);
    await stage.ok(['cost', 'invoice', '2025-10', '12.5', 'eur', '--tax', '2']);
    await stage.ok(['cost', 'invoice', '2025-10', '13.5', 'EUR', '--tax', '2']);
    const said = JSON.parse(await stage.ok(['analysis', 'show'])) as Record<string, unknown>;
    assert.deepEqual(said['resources'], [
      { resource: RESOURCE.toLowerCase().slice(1), instances: [1], source: 'admin' },
    ]);
    assert.deepEqual(said['meters'], [{ meter: 'PTU', direction: 'fixed', driver: 'turns' }]);
    assert.deepEqual(said['deployments'], [
      { deployment: 'chat', model: 'gpt-4o', version: '2024-08-06', source: 'admin' },
    ]);
    assert.deepEqual(said['invoices'], [{ month: '2025-10', currency: 'EUR', amount: 13.5, tax: 2 }]);
    await stage.fails(['cost', 'map', RESOURCE], 2, /Name the servers that it serves, or say --none/);
    await stage.fails(['cost', 'map', 'oai-sales', 'fasgpt'], 2, /Give the id of a resource/);
  });
});
