import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Frame } from 'playwright-core';
import { DEFAULT_REPORT, REPORTS } from '../../src/reports/catalogue';
import { COMPANIES, type CompanyName } from '../../src/sample/company/company';
import type { SampleServer } from '../../src/sample/server';
import { eventually, longMs } from './support/eventually';
import { Mirror } from './support/mirror';
import { PageErrors } from './support/pageErrors';
import { ALL_THEMES, takePagePictures, takePictures } from './support/pictures';
import { Stage, withoutPauses } from './support/stage';
import type { VsCode } from './support/vsCode';

const chart = 'figure .picture svg';

describe('reports', function () {
  this.bail(true);
  const stage = new Stage();
  const servers = {} as Record<CompanyName, SampleServer>;
  let vsCode: VsCode;
  let errors: PageErrors;

  before(async () => {
    for (const name of Object.keys(COMPANIES) as CompanyName[]) {
      servers[name] = await stage.company(name);
    }
    vsCode = await stage.open(servers, withoutPauses);
    errors = new PageErrors(vsCode.page);
  });

  it('has the three instances of the demo to tell of', async () => {
    const { sideBar } = vsCode.workbench;
    await sideBar.open();
    for (const name of Object.keys(servers)) {
      await sideBar.row(new RegExp(`^${name}.*last sync`)).waitFor({ timeout: longMs });
    }
    await vsCode.workbench.sideBar.expand('fasgpt');
    await takePictures(vsCode, 'three-instances');
  });

  it('opens for one instance with its numbers and charts', async () => {
    await vsCode.workbench.sideBar.press('fasgpt', 'Open Report');
    await vsCode.workbench.tab('Overview: fasgpt').waitFor();
    const report = await drawnReport(vsCode);
    await assertTurns(report);
    await takePictures(vsCode, 'report-fasgpt', () => drawnReport(vsCode));
  });

  it('opens for all instances', async () => {
    await vsCode.workbench.runCommand('OpenWebUI Sync: Open Report for All Instances');
    await vsCode.workbench.tab('Overview: All Instances').waitFor();
    const report = await drawnReport(vsCode);
    await takePictures(vsCode, 'report', () => drawnReport(vsCode));
    await report.evaluate(`document.querySelector('figure').scrollIntoView({ block: 'end' })`);
    await takePictures(vsCode, 'report-charts', () => drawnReport(vsCode));
  });

  for (const { title } of REPORTS.filter((report) => report !== DEFAULT_REPORT)) {
    it(`opens "${title}" with its numbers, in every theme`, async () => {
      await vsCode.workbench.runAndPick('OpenWebUI Sync: Choose a Report...', 'Which report?', title);
      await vsCode.workbench.tab(`${title}: All Instances`).waitFor();
      const name = `report-${title.toLowerCase().replaceAll(' ', '-')}`;
      await takePictures(vsCode, name, () => drawnReport(vsCode), ALL_THEMES);
    });
  }

  it('shows all instances on a dashboard', async () => {
    await vsCode.workbench.runCommand('OpenWebUI Sync: Open Dashboard');
    await vsCode.workbench.tab('Dashboard').waitFor();
    const drawn = async (): Promise<void> => {
      const page = await vsCode.workbench.webviews.containing('text=berkshiregpt');
      await eventually(
        async () => (await page.locator(chart).count()) === 2,
        'the charts of the dashboard',
        longMs,
      );
    };
    await takePictures(vsCode, 'dashboard', drawn, ALL_THEMES);
  });

  it('is exported as one file that opens without a network', async () => {
    const { quickInput } = vsCode.workbench;
    await vsCode.workbench.runCommand('OpenWebUI Sync: Open Report for All Instances');
    await drawnReport(vsCode);
    await vsCode.workbench.runCommand('OpenWebUI Sync: Export Report...');
    await quickInput.pick('HTML');
    await quickInput.pick('With names');
    await vsCode.workbench.notifications.waitFor(/Report written to output\/ai_usage/, longMs);
    const folder = join(vsCode.workspace, 'output', 'ai_usage');
    const files = await readdir(folder);
    assert.equal(files.length, 1, files.join());
    const file = join(folder, files[0] ?? '');
    assert.doesNotMatch(await readFile(file, 'utf8'), /<(?:script|link|img)[^>]+(?:src|href)="?https?:/);

    const context = await vsCode.newContext({ offline: true });
    try {
      const page = await context.newPage();
      const pageErrors = new PageErrors(page);
      await page.goto(pathToFileURL(file).href);
      await page.locator('svg').first().waitFor();
      assert.ok((await page.locator('svg').count()) >= 5);
      await takePagePictures(page, 'export');
      assert.deepEqual(pageErrors.all, []);
    } finally {
      await context.close();
    }
  });

  it('breaks no rule of its own content security', () => {
    assert.deepEqual(errors.all, []);
  });

  /** The shown number of turns against the database, for the days that the report names. */
  async function assertTurns(report: Frame): Promise<void> {
    const [, from, to] =
      /(\d{4}-\d\d-\d\d) to (\d{4}-\d\d-\d\d)/.exec(await report.locator('header').innerText()) ?? [];
    const turns = await new Mirror(vsCode.dataFolder).count(
      `SELECT COUNT(*) FROM messages m JOIN instances i ON i.id = m.instance_id
       WHERE i.name = 'fasgpt' AND m.role = 'user' AND DATE(m.created_at) BETWEEN '${from}' AND '${to}'`,
    );
    assert.ok(turns > 0);
    const tile = report.locator('.tile', { hasText: 'Turns' });
    assert.equal(await tile.locator('.value').innerText(), String(turns));
  }
});

/** Waits until each block of the report in front is there, and each chart drawn or known to be empty. */
async function drawnReport({ workbench }: VsCode): Promise<Frame> {
  // A dashboard, which has no such facts, may be about to vanish.
  const report = await workbench.webviews.containing('header .meta');
  await eventually(
    async () => {
      const figures = await report.locator('figure').count();
      const drawn = await report.locator(`${chart}, figure .nothing`).count();
      const waiting = await report.locator('.pending, .stale').count();
      const blocks = await report.locator('section').count();
      return blocks > 0 && drawn >= figures && waiting === 0;
    },
    'every block to be there and every chart to be drawn',
    longMs,
  );
  assert.equal(await report.locator('.failure, .failed').count(), 0);
  return report;
}
