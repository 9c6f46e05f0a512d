import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Frame } from 'playwright-core';
import { companyAzure } from '../../src/sample/azure/companyAzure';
import { exportCsv } from '../../src/sample/azure/exportCsv';
import { COMPANIES, type CompanyName } from '../../src/sample/company/company';
import type { SampleServer } from '../../src/sample/server';
import { eventually, longMs } from './support/eventually';
import { Mirror } from './support/mirror';
import { PageErrors } from './support/pageErrors';
import { ALL_THEMES, takePictures } from './support/pictures';
import { Stage, withoutPauses } from './support/stage';
import type { VsCode } from './support/vsCode';

describe('cost of Azure', function () {
  this.bail(true);
  const stage = new Stage();
  const servers = {} as Record<CompanyName, SampleServer>;
  let vsCode: VsCode;
  let mirror: Mirror;
  let errors: PageErrors;
  let file: string;

  before(async () => {
    for (const name of Object.keys(COMPANIES) as CompanyName[]) {
      servers[name] = await stage.company(name);
    }
    vsCode = await stage.open(servers, withoutPauses);
    errors = new PageErrors(vsCode.page);
    mirror = new Mirror(vsCode.dataFolder);
    file = join(vsCode.workspace, 'costs.csv');
    const { world, subscription } = companyAzure(
      Object.entries(servers).map(([name, server]) => ({ name, world: server.world })),
      () => Date.now(),
    );
    await writeFile(file, exportCsv(world, subscription));
    await vsCode.workbench.sideBar.open();
    for (const name of Object.keys(servers)) {
      await vsCode.workbench.sideBar.row(new RegExp(`^${name}.*last sync`)).waitFor({ timeout: longMs });
    }
  });

  it('says what is in the way of a sign-in, and keeps nothing', async () => {
    const { quickInput } = vsCode.workbench;
    await vsCode.workbench.runCommand('OpenWebUI Sync: Connect Azure Cost...');
    await quickInput.waitForStep('How do you sign in to Azure?');
    await takePictures(vsCode, 'connect-azure');
    await quickInput.pick(/Azure CLI/);
    await quickInput.waitForStep('The Azure CLI was not found');
    await quickInput.cancel();
    assert.deepEqual(await mirror.query('SELECT * FROM cost_scopes'), []);
  });

  it('imports a cost export', async () => {
    await importFile();
    await vsCode.workbench.notifications.waitFor(/Costs are imported/, longMs);
    const [sum] = await mirror.query(`SELECT COUNT(*) AS n FROM cost_daily WHERE is_deleted = 0`);
    assert.ok(Number(sum?.['n']) > 100);
  });

  it('finds nothing new in the same export', async () => {
    await importFile();
    await vsCode.workbench.notifications.waitFor(/Nothing is new in this file/, longMs);
  });

  it('asks which instances the resources serve', async () => {
    const { quickInput } = vsCode.workbench;
    await vsCode.workbench.runCommand('OpenWebUI Sync: Map Azure Resources...');
    await quickInput.waitForStep('What shall be mapped?');
    await takePictures(vsCode, 'map-azure');
    await quickInput.pick(/fasgpt/);
    await quickInput.waitForStep(/Which instances does .* serve/);
    await quickInput.pick('fasgpt');
    await quickInput.accept();
    await quickInput.waitForStep('What shall be mapped?');
    await quickInput.pick(/Save 1 change/);
    await eventually(
      async () => (await mirror.count('SELECT COUNT(*) FROM generation_costs WHERE is_deleted = 0')) > 0,
      'what generations were billed',
      longMs,
    );
  });

  it('lists what was read, and what is still to be mapped', async () => {
    await vsCode.workbench.runCommand('OpenWebUI Sync: Focus on Azure Cost View');
    await vsCode.workbench.sideBar.row(/^Demo AI.*USD.*from a file/).waitFor();
    await vsCode.workbench.sideBar.expand('Demo AI');
    await vsCode.workbench.sideBar.row(/^4 resources/).waitFor();
    await takePictures(vsCode, 'azure-cost-view');
  });

  for (const title of ['Cost', 'Reconciliation']) {
    it(`shows it in the report "${title}", in every theme`, async () => {
      await vsCode.workbench.runAndPick('OpenWebUI Sync: Choose a Report...', 'Which report?', title);
      await vsCode.workbench.tab(`${title}: All Instances`).waitFor();
      await takePictures(vsCode, `azure-${title.toLowerCase()}`, () => drawnReport(vsCode), ALL_THEMES);
    });
  }

  it('breaks no rule of its own content security', () => {
    assert.deepEqual(errors.all, []);
  });

  async function importFile(): Promise<void> {
    const { quickInput } = vsCode.workbench;
    await vsCode.workbench.runCommand('OpenWebUI Sync: Import Cost File...');
    await quickInput.waitForStep('Import Cost File');
    await quickInput.pick(basename(file));
  }
});

/** Waits until each block of the report in front is there. */
async function drawnReport({ workbench }: VsCode): Promise<Frame> {
  const report = await workbench.webviews.containing('header .meta');
  await eventually(
    async () => {
      const blocks = await report.locator('section').count();
      return blocks > 0 && (await report.locator('.pending, .stale').count()) === 0;
    },
    'every block to be there',
    longMs,
  );
  assert.equal(await report.locator('.failure, .failed').count(), 0);
  return report;
}
