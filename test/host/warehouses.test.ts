import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Core } from '../../src/extension/core';
import { buildReport } from '../../src/reports/buildReport';
import { overviewReport } from '../../src/reports/overview/overviewReport';
import { DEFAULT_SETTINGS } from '../../src/reports/reportSettings';
import { warehouseSource } from '../../src/reports/reportSource';
import type { ReportReader } from '../../src/store/resultSet';
import type { Warehouse } from '../../src/warehouse/warehouseTypes';
import { readPeople } from '../../src/reports/export/people';
import { whereShown } from '../../src/extension/warehouses/whereShown';
import { WarehousePasswords } from '../../src/extension/warehouses/warehousePasswords';
import { addWarehouse, noteLastPush, removeWarehouse } from '../../src/warehouse/warehousesFile';
import { Answers } from './answers';
import { mirrorSmallServer, type MirroredServer } from './support';

/** Set by whoever starts a PostgreSQL for the suite: `node scripts/postgres.mjs`. */
const ADDRESS = process.env['OPENWEBUI_SYNC_POSTGRES'];

const LAST_PUSH = { finishedAt: 1, generation: 1, inserted: 0, updated: 0, marked: 0, deleted: 0 };

describe('a warehouse in the editor', () => {
  let core: Core;
  let mirrored: MirroredServer;
  let warehouse: Warehouse;
  let password: string;

  before(async function () {
    if (ADDRESS === undefined) {
      this.skip();
    }
    const url = new URL(ADDRESS);
    password = decodeURIComponent(url.password);
    warehouse = {
      name: 'ANALYTICS',
      host: url.hostname,
      port: Number(url.port),
      database: url.pathname.slice(1),
      user: decodeURIComponent(url.username),
      schema: `editor_${Date.now()}`,
      ssl: 'disable',
    };
    mirrored = await mirrorSmallServer('warehouses');
    ({ core } = mirrored);
  });
  after(async () => {
    if (ADDRESS !== undefined) {
      await core.warehouses.remove(warehouse);
      await mirrored.end();
    }
  });
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  const report = (reader: ReportReader) =>
    buildReport(reader, overviewReport, {
      settings: {
        ...DEFAULT_SETTINGS,
        reportId: overviewReport.id,
        period: { kind: 'preset', preset: 'all' },
      },
      now: Math.floor(Date.now() / 1000),
      zone: core.instances.zone(),
      locale: 'en',
    });

  function tabNamed(label: string): Promise<void> {
    return new Promise((resolve) => {
      const changes = vscode.window.tabGroups.onDidChangeTabs(look);
      function look(): void {
        if (vscode.window.tabGroups.all.some(({ tabs }) => tabs.some((tab) => tab.label === label))) {
          changes.dispose();
          resolve();
        }
      }
      look();
    });
  }

  it('is not kept where its server refuses the password', async () => {
    await assert.rejects(core.warehouses.add(warehouse, 'wrong'), { name: 'WarehouseError' });
    assert.deepEqual(await core.warehouses.list(), []);
  });

  it('is kept without its password in any file', async () => {
    await core.warehouses.add(warehouse, password);
    const file = await readFile(join(core.folder.root, 'warehouses.json'), 'utf8');
    assert.ok(file.includes('ANALYTICS') && !file.includes(password));
  });

  it('gives the numbers of the mirror once it was pushed to', async () => {
    await vscode.commands.executeCommand('openwebuiSync.pushToWarehouse', 'ANALYTICS');
    const reader = await core.warehouses.open('analytics');
    try {
      const [there, here] = [await report(reader), await report(core.reader)];
      assert.deepEqual(there.datasets['totals'], here.datasets['totals']);
      assert.ok((there.datasets['totals'] ?? []).length > 0);
    } finally {
      reader.dispose();
    }
  });

  it('is read too for what an export takes beside the report', async () => {
    const [there, here] = await Promise.all(
      [{ source: warehouseSource('analytics') }, {}].map((setting) =>
        whereShown(core, setting, async ({ reader, beginWarehouse }) => ({
          from: (await beginWarehouse?.())?.warehouse?.name,
          dialect: reader.dialect ?? 'sqlite',
          people: await readPeople(reader, 'en'),
        })),
      ),
    );
    assert.deepEqual([there?.from, there?.dialect], ['analytics', 'postgres']);
    assert.deepEqual([here?.from, here?.dialect], [undefined, 'sqlite']);
    assert.deepEqual(there?.people, here?.people);
  });

  it('is let in again once somebody has entered another password', async () => {
    const passwords = new WarehousePasswords(core.context.secrets, core.log);
    await passwords.set(warehouse, 'outdated');
    await assert.rejects(core.warehouses.open('ANALYTICS'), { remedy: 'otherPassword' });
    const answers = new Answers();
    try {
      answers.give('ANALYTICS', 'still wrong');
      await vscode.commands.executeCommand('openwebuiSync.enterWarehousePassword');
      assert.deepEqual(answers.shown.at(-1)?.buttons, ['Enter Warehouse Password...', 'Show Log']);
      assert.equal(await passwords.get(warehouse), 'outdated');
      answers.give('ANALYTICS', password);
      await vscode.commands.executeCommand('openwebuiSync.enterWarehousePassword');
      assert.equal(answers.shown.at(-1)?.text, 'ANALYTICS is read with the new password.');
    } finally {
      answers.restore();
    }
    (await core.warehouses.open('ANALYTICS')).dispose();
  });

  it('is noticed when another window or the command line adds, fills or removes one', async () => {
    const other = { ...warehouse, name: 'Other', schema: `${warehouse.schema}_other` };
    const next = (): Promise<ReadonlySet<string>> =>
      new Promise((resolve) => {
        const listening = core.warehouses.onDidChange((names) => {
          listening.dispose();
          resolve(names);
        });
      });
    const names = (): string[] => core.warehouses.known.map(({ name }) => name);
    const steps: [() => Promise<unknown>, string[]][] = [
      [() => addWarehouse(core.folder.root, other), ['ANALYTICS', 'Other']],
      [() => noteLastPush(core.folder.root, 'Other', LAST_PUSH), ['ANALYTICS', 'Other']],
      [() => removeWarehouse(core.folder.root, 'Other'), ['ANALYTICS']],
    ];
    for (const [step, expected] of steps) {
      const changed = next();
      await step();
      assert.deepEqual([[...(await changed)], names()], [['other'], expected]);
    }
  });

  it('is chosen in the tab that is open, which then reads it', async () => {
    const answers = new Answers();
    try {
      await vscode.commands.executeCommand('openwebuiSync.openReportAll');
      await tabNamed('Overview: All Instances');
      answers.give('ANALYTICS');
      await vscode.commands.executeCommand('openwebuiSync.chooseReportSource');
      await tabNamed('ANALYTICS · Overview: All Instances');
      assert.equal(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).length, 1);
      answers.give('Mirror');
      await vscode.commands.executeCommand('openwebuiSync.chooseReportSource');
      await tabNamed('Overview: All Instances');
    } finally {
      answers.restore();
    }
  });

  it('is what a tab says that it reads', async () => {
    const settings = { reportId: overviewReport.id, source: warehouseSource('ANALYTICS') };
    const query = `settings=${encodeURIComponent(JSON.stringify(settings))}`;
    assert.ok(core.links.follow({ path: '/report', query }));
    await tabNamed('ANALYTICS · Overview: All Instances');
  });
});
