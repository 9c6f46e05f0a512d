import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Core } from '../../src/extension/core';
import { buildReport } from '../../src/reports/buildReport';
import { overviewReport } from '../../src/reports/overview/overviewReport';
import { DEFAULT_SETTINGS, warehouseSource } from '../../src/reports/reportSettings';
import type { ReportReader } from '../../src/store/resultSet';
import type { Warehouse } from '../../src/warehouse/warehouseTypes';
import { readPeople } from '../../src/reports/export/people';
import { whereShown } from '../../src/extension/warehouses/whereShown';
import { mirrorSmallServer, type MirroredServer } from './support';

/** Set by whoever starts a PostgreSQL for the suite: `node scripts/postgres.mjs`. */
const ADDRESS = process.env['OPENWEBUI_SYNC_POSTGRES'];

describe('a warehouse in the editor', function () {
  this.timeout(120_000);
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

  it('is what a tab says that it reads', async () => {
    const settings = { reportId: overviewReport.id, source: warehouseSource('ANALYTICS') };
    const query = `settings=${encodeURIComponent(JSON.stringify(settings))}`;
    assert.ok(core.links.follow({ path: '/report', query }));
    const label = 'ANALYTICS · Overview: All Instances';
    await new Promise<void>((resolve) => {
      const look = (): void => {
        if (vscode.window.tabGroups.all.some(({ tabs }) => tabs.some((tab) => tab.label === label))) {
          changes.dispose();
          resolve();
        }
      };
      const changes = vscode.window.tabGroups.onDidChangeTabs(look);
      look();
    });
  });
});
