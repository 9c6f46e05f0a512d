import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Core } from '../../src/extension/core';
import { AzureWorld } from '../../src/sample/azure/azureWorld';
import type { Account, Subscription } from '../../src/sample/azure/estate';
import { METERS } from '../../src/sample/azure/meterNames';
import { NO_QUOTAS } from '../../src/sample/azure/quotas';
import { startSampleAzure, type SampleAzure } from '../../src/sample/azure/server';
import { loadAnalysis } from '../../src/store/analysis/analysisFile';
import type { Analysis } from '../../src/store/analysis/analysisTypes';
import { changingAnalysis } from '../../src/store/analysis/changingAnalysis';
import type { CostConnection } from '../../src/store/costs/costConnection';
import { withLockedWriter } from '../../src/sync/engine/lockedWriter';
import { Answers } from './answers';
import { FakeAccounts } from './fakeAccounts';
import { forgetCosts, mirrorSmallServer, query, theCore, until, type MirroredServer } from './support';

const DAY = 86_400_000;
const EDITOR = '$(account) Microsoft Account of VS Code';

describe('Azure before it is connected', () => {
  it('is not loaded and not asked: not by the view, not by the timer', async () => {
    const core = await theCore();
    const { setup, connections, timer } = core.costs;
    const load = setup.loadAzure;
    let loads = 0;
    setup.loadAzure = () => {
      loads += 1;
      return load();
    };
    try {
      assert.deepEqual(connections.list(), []);
      await vscode.commands.executeCommand('openwebuiSync.costs.focus');
      assert.deepEqual(await core.trees.find('openwebuiSync.costs')?.read(), []);
      await timer.tick();
      assert.equal(loads, 0);
    } finally {
      setup.loadAzure = load;
    }
  });
});

describe('costs of Azure', () => {
  let core: Core;
  let mirrored: MirroredServer;
  let azure: SampleAzure;
  let world: AzureWorld;
  let subscription: Subscription;
  let account: Account;
  let accounts: FakeAccounts;
  let answers: Answers;
  const time = { ahead: 0 };
  const now = (): number => Date.now() + time.ahead;

  before(async function () {
    mirrored = await mirrorSmallServer('costs');
    ({ core } = mirrored);
    world = new AzureWorld({ clock: now });
    subscription = world.addSubscription({ name: 'Production', currency: 'EUR' });
    account = world.addAccount(subscription, {
      name: 'oai-sales',
      deployments: [{ name: 'chat', model: 'gpt-4o', version: '2024-08-06', sku: 'GlobalStandard' }],
    });
    const today = new Date().toISOString().slice(0, 10);
    world.bill({ day: today, resource: account, meter: METERS.gpt4oInput, cost: '12.5', quantity: 5000 });
    azure = await startSampleAzure({ world, quotas: NO_QUOTAS });
    const { setup } = core.costs;
    setup.httpClient = azure.httpClient;
    setup.spacingMs = 0;
    setup.clock = { ...setup.clock, now };
  });
  beforeEach(() => {
    accounts = new FakeAccounts(subscription.tenant.id, now);
    answers = new Answers();
  });
  afterEach(async () => {
    answers.restore();
    accounts.restore();
    await core.costs.runs.cancel();
  });
  after(async () => {
    await forgetCosts(core);
    await azure.close();
    await mirrored.end();
  });

  function connection(): CostConnection {
    const [first] = core.costs.connections.list();
    assert.ok(first);
    return first;
  }

  async function lines(): Promise<string[]> {
    const nodes = (await core.trees.find('openwebuiSync.costs')?.read()) ?? [];
    return nodes.map(({ label, description = '' }) => `${label}: ${description}`);
  }

  /** The dialog has ended when the command has; the first sync goes on. */
  async function connect(...given: readonly string[]): Promise<void> {
    const read = new Promise<void>((resolve) => {
      const listening = core.costs.runs.onDidFinish(() => {
        listening.dispose();
        resolve();
      });
    });
    answers.give(...given);
    await vscode.commands.executeCommand('openwebuiSync.connectAzureCost');
    assert.deepEqual(answers.left, []);
    await read;
    await core.mirror.reload();
  }

  /** As the first test leaves it: each of them can be run alone. */
  async function ensureConnected(): Promise<void> {
    if (core.costs.connections.list().length === 0) {
      await connect(EDITOR, 'Production', '', '$(check) Connect', 'alpha');
    }
  }

  it('are connected by a dialog that shows what Azure answers, and read at once', async () => {
    await ensureConnected();
    const { scope, tenantId, signIn } = connection();
    assert.deepEqual(
      { scope, tenantId, signIn },
      {
        scope: subscription.scope,
        tenantId: subscription.tenant.id,
        signIn: { kind: 'editor', accountId: 'account-1', accountName: 'ada@example.org' },
      },
    );
    assert.deepEqual(azure.httpClient.strays, []);
    assert.ok(accounts.asked.length > 0);
    for (const { provider, scopes } of accounts.asked) {
      assert.equal(provider, 'microsoft');
      assert.match(scopes.at(-1) ?? '', /^VSCODE_TENANT:/);
    }
    // The dialog may ask a person; the sync after it never does.
    assert.equal(accounts.asked[0]?.isSilent, false);
    assert.equal(accounts.asked.at(-1)?.isSilent, true);
    const [line = ''] = await lines();
    assert.match(line, /^Production: \d{4}-\d{2}: 12\.50 EUR · known to \d{4}-\d{2}-\d{2}$/);
  });

  it('keep what resources serve and what deployments are in analysis.json', async () => {
    const { resources, deployments } = await loadAnalysis(core.folder.root);
    const resource = account.id.slice(1).toLowerCase();
    assert.deepEqual(resources, [{ resource, instances: [mirrored.instance.id], source: 'admin' }]);
    assert.deepEqual(deployments, [
      { resource, deployment: 'chat', model: 'gpt-4o', version: '2024-08-06', source: 'azure' },
    ]);
  });

  it('keep no token and no secret in any file', async () => {
    const file = await readFile(join(core.folder.root, 'azure.json'), 'utf8');
    assert.ok(file.includes('ada@example.org'));
    // Tokens begin so.
    assert.ok(!file.includes('eyJ'), file);
    assert.ok(!core.log.tail().some((line) => line.includes('eyJ')));
  });

  it('cannot be connected twice', async () => {
    answers.give(EDITOR);
    await vscode.commands.executeCommand('openwebuiSync.connectAzureCost');
    assert.deepEqual(answers.lists.at(-1), ['$(edit) Type a Scope...']);
    assert.equal(core.costs.connections.list().length, 1);
  });

  it('are read again when somebody asks', async () => {
    azure.clearRequests();
    const today = new Date().toISOString().slice(0, 10);
    world.bill({ day: today, resource: account, meter: METERS.gpt4oOutput, cost: '1.25', quantity: 100 });
    await vscode.commands.executeCommand('openwebuiSync.syncCosts');
    assert.ok(azure.requests.length > 0 && azure.requests.length < 30, `${azure.requests.length} requests`);
    assert.match((await lines())[0] ?? '', /13\.75 EUR/);
    assert.ok(accounts.asked.every(({ isSilent }) => isSilent));
  });

  it('are read by the timer once a day', async () => {
    await ensureConnected();
    azure.clearRequests();
    await core.costs.timer.tick(now());
    assert.deepEqual(azure.requests, []);
    time.ahead += DAY + 60_000;
    // A jump in time counts as waking up: nothing starts at once.
    await core.costs.timer.tick(now());
    assert.deepEqual(azure.requests, []);
    time.ahead += 30_000;
    await core.costs.timer.tick(now());
    assert.ok(azure.requests.length > 0);
    azure.clearRequests();
    time.ahead += 30_000;
    await core.costs.timer.tick(now());
    assert.deepEqual(azure.requests, []);
  });

  it('tell once that somebody has to sign in, show it in the view, and take it back', async () => {
    accounts.isSignedIn = false;
    time.ahead += DAY + 60_000;
    await core.costs.timer.tick(now());
    time.ahead += 30_000;
    await core.costs.timer.tick(now());
    const told = () => answers.shown.filter(({ text }) => /Sign in to Azure again/.test(text));
    assert.equal(told().length, 1);
    assert.ok(told()[0]?.buttons.includes('Sign In to Azure'));
    assert.match((await lines())[0] ?? '', /sign-in needed$/);
    assert.ok(accounts.asked.every(({ isSilent }) => isSilent));

    time.ahead += 2 * DAY;
    await core.costs.timer.tick(now());
    time.ahead += 30_000;
    await core.costs.timer.tick(now());
    assert.equal(told().length, 1);

    await vscode.commands.executeCommand('openwebuiSync.signInToAzure');
    assert.equal(
      accounts.asked.some(({ isSilent }) => !isSilent),
      true,
    );
    assert.equal(core.costs.runs.problems().size, 0);
  });

  it('are spread by the basis that somebody chose', async () => {
    answers.give('Amortized cost', 'Allocated');
    await vscode.commands.executeCommand('openwebuiSync.chooseCostBasis');
    const { costType, allocation } = await loadAnalysis(core.folder.root);
    assert.deepEqual({ costType, allocation }, { costType: 'amortized', allocation: 'allocated' });
    const settings = 'SELECT cost_type, allocation FROM analysis_settings WHERE $id = $id';
    assert.deepEqual(await query(core, settings, 0), [{ cost_type: 'amortized', allocation: 'allocated' }]);
    answers.give('Actual cost', 'Automatic');
    await vscode.commands.executeCommand('openwebuiSync.chooseCostBasis');
  });

  it('are compared with invoices that somebody typed', async () => {
    answers.give('2026-01', '1.190,00 EUR', '190', '', '', '');
    await vscode.commands.executeCommand('openwebuiSync.enterInvoice');
    assert.deepEqual(answers.left, []);
    const rows = await query(
      core,
      'SELECT month, amount, tax, credits FROM cost_invoices WHERE $id = $id',
      0,
    );
    assert.deepEqual(rows, [{ month: '2026-01', amount: 1190, tax: 190, credits: null }]);
  });

  it('are mapped anew by a dialog that saves at its end', async () => {
    answers.give('oai-sales', '$(circle-slash) Serves No Instance', '$(check) Save 1 change');
    await vscode.commands.executeCommand('openwebuiSync.mapAzureResources');
    assert.deepEqual(answers.left, []);
    assert.deepEqual((await loadAnalysis(core.folder.root)).resources[0]?.instances, []);
    const shares = await query(
      core,
      "SELECT DISTINCT reason FROM cost_shares WHERE kind = 'unmapped' AND $id = $id",
      0,
    );
    assert.deepEqual(shares, [{ reason: 'servesNone' }]);
  });

  it('are forgotten with their rows when somebody wants that', async () => {
    answers.give('Delete Data');
    const [node] = (await core.trees.find('openwebuiSync.costs')?.read()) ?? [];
    await vscode.commands.executeCommand('openwebuiSync.disconnectAzureCost', node);
    assert.deepEqual(core.costs.connections.list(), []);
    const rows = await query(
      core,
      'SELECT count(*) AS n FROM cost_daily WHERE is_deleted = 0 AND $id = $id',
      0,
    );
    assert.deepEqual(rows, [{ n: 0 }]);
    assert.deepEqual(await lines(), []);
  });

  it('are imported from a file that a person has, and nothing is new the second time', async () => {
    const file = join(core.folder.root, 'export.csv');
    const resource = `/subscriptions/${subscription.id}/resourceGroups/rg/providers/Microsoft.Search/searchServices/s`;
    await writeFile(
      file,
      [
        'SubscriptionId,Date,MeterName,Quantity,CostInBillingCurrency,ResourceId,ChargeType,BillingCurrencyCode',
        `${subscription.id},01/15/2025,Standard S1 Unit,24,42.50,${resource},Usage,EUR`,
      ].join('\r\n'),
    );
    const window = vscode.window as unknown as Record<string, unknown>;
    const original = window['showOpenDialog'];
    window['showOpenDialog'] = () => Promise.resolve([vscode.Uri.file(file)]);
    try {
      await vscode.commands.executeCommand('openwebuiSync.importCostFile');
      await vscode.commands.executeCommand('openwebuiSync.importCostFile');
    } finally {
      window['showOpenDialog'] = original;
    }
    const texts = answers.shown.map(({ text }) => text);
    assert.match(texts[0] ?? '', /^Costs are imported \(1 row\)\. .*actual: 42\.50 EUR$/);
    assert.match(texts[1] ?? '', /^Nothing is new in this file \(1 row\)\.$/);
    assert.match((await lines())[0] ?? '', /2025-01: 42\.50 EUR · from a file$/);
    await forgetCosts(core);
  });

  describe('that are connected in other ways', () => {
    before(() => {
      // The timer may have been given days of another month.
      const day = new Date(now()).toISOString().slice(0, 10);
      world.bill({ day, resource: account, meter: METERS.gpt4oInput, cost: '0.01', quantity: 4 });
    });
    afterEach(async () => {
      subscription.rights = 'reader';
      await forgetCosts(core);
    });

    it('are read without the role Reader, once the scope is typed', async () => {
      subscription.rights = 'costReader';
      await connect(EDITOR, '$(edit) Type a Scope...', subscription.scope, '', '$(check) Connect');
      assert.ok(answers.shown.some(({ text }) => /needs the role Reader.*Map Azure Resources/.test(text)));
      assert.match((await lines())[0] ?? '', /^Subscription [\w-]+: \d{4}-\d{2}: [\d.]+ EUR · known to/);
    });

    it('say which role is missing, and keep nothing', async () => {
      subscription.rights = 'none';
      answers.give(EDITOR, '$(edit) Type a Scope...', subscription.scope, '');
      await vscode.commands.executeCommand('openwebuiSync.connectAzureCost');
      assert.deepEqual(answers.lists.at(-1), ['$(refresh) Try Again', '$(warning) Connect Anyway']);
      assert.deepEqual(core.costs.connections.list(), []);
    });

    it('keep a client secret in the keyring alone, under the id of its connection', async () => {
      const { setup, secrets } = core.costs;
      const real = setup.loadAzure;
      const orders: unknown[] = [];
      setup.loadAzure = () => ({
        ...real(),
        createCredential: (order) => {
          orders.push(order);
          return azure.credential();
        },
      });
      const clientId = '33333333-3333-3333-3333-333333333333';
      try {
        await connect(
          '$(key) Client Secret',
          subscription.tenant.id,
          clientId,
          'the-secret-value',
          'Production',
          '',
          '$(check) Connect',
          'alpha',
        );
      } finally {
        setup.loadAzure = real;
      }
      assert.deepEqual(orders.at(-1), { kind: 'clientSecret', clientId, secret: 'the-secret-value' });
      assert.equal(await secrets.get(connection().id), 'the-secret-value');
      const file = await readFile(join(core.folder.root, 'azure.json'), 'utf8');
      assert.ok(!file.includes('the-secret-value'));
      assert.ok(!core.log.tail().some((line) => line.includes('the-secret-value')));

      const { id } = connection();
      answers.give('Production', 'Keep Data');
      await vscode.commands.executeCommand('openwebuiSync.disconnectAzureCost');
      assert.equal(await secrets.get(id), undefined);
    });
  });
});

describe('budgets', () => {
  let mirrored: MirroredServer;
  let answers: Answers;

  before(async () => {
    mirrored = await mirrorSmallServer('budgets');
    answers = new Answers();
  });
  after(async () => {
    answers.restore();
    const { core } = mirrored;
    await change(core, (analysis) => ({ ...analysis, prices: [], budgets: [] }));
    await core.context.globalState.update('toldBudgets', undefined);
    await mirrored.end();
  });

  function change(core: Core, edit: (analysis: Analysis) => Analysis): Promise<unknown> {
    return withLockedWriter(core.locker, core.openWriter, changingAnalysis(core.folder.root, edit));
  }

  it('are told about once when a sync finds them used, with a way to the report', async () => {
    const { core } = mirrored;
    const models = await query(
      core,
      'SELECT DISTINCT model_id FROM models WHERE instance_id = $id',
      mirrored.instance.id,
    );
    assert.ok(models.length > 0);
    await change(core, (analysis) => ({
      ...analysis,
      prices: models.map(({ model_id: modelId }) => ({
        modelId: String(modelId),
        validFrom: '2020-01-01',
        currency: 'USD',
        inputPerMillion: 1000,
        outputPerMillion: 1000,
        source: 'admin',
      })),
      budgets: [{ currency: 'USD', monthlyAmount: 0.01 }],
    }));
    const told = () => answers.shown.filter(({ text }) => text.startsWith('Budget of all instances: '));
    await vscode.commands.executeCommand('openwebuiSync.sync', 'alpha');
    await until(core, () => told().length > 0);
    assert.deepEqual(told()[0]?.buttons, ['Open Cost Report', 'Set Budget...', "Don't Show Again"]);
    await vscode.commands.executeCommand('openwebuiSync.sync', 'alpha');
    await mirrored.core.mirror.reload();
    assert.equal(told().length, 1);
  });
});
