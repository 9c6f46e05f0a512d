import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { eventually, longMs } from './support/eventually';
import { PageErrors } from './support/pageErrors';
import { ALL_THEMES, takePictures } from './support/pictures';
import { Stage } from './support/stage';
import type { VsCode } from './support/vsCode';
import type { Workbench } from './support/workbench';

/** Somebody without a server looks at everything, and takes a picture of each view in each kind of theme. */
describe('the first steps without a server', function () {
  this.bail(true);
  const stage = new Stage();
  let vsCode: VsCode;
  let workbench: Workbench;
  let errors: PageErrors;

  before(async () => {
    vsCode = await stage.open();
    workbench = vsCode.workbench;
    errors = new PageErrors(vsCode.page);
    await workbench.sideBar.open();
  });

  it('are told in a walkthrough that opens when it is asked for', async () => {
    assert.equal(await workbench.tab(/Get Started|Walkthrough/).count(), 0, 'nothing opens by itself');
    await workbench.runCommand('OpenWebUI Sync: Get Started');
    await vsCode.page.getByText('Try it with demo data').first().waitFor();
    await takePictures(vsCode, 'walkthrough', undefined, ALL_THEMES);
  });

  it('make demo data with one click', async () => {
    await workbench.sideBar.welcomeButton('Try with Demo Data').first().click();
    await workbench.sideBar.row(/^Demo.*not counted/).waitFor({ timeout: longMs });
    await workbench.notifications.dismissAll();
  });

  it('complete the walkthrough where they were made', async () => {
    const step = vsCode.page.locator('.getting-started-step', { hasText: 'Try it with demo data' });
    await step.locator('.codicon-getting-started-step-checked').first().waitFor();
    await vsCode.page.keyboard.press('ControlOrMeta+F4');
  });

  it('find the demo marked in the instances view', async () => {
    await workbench.sideBar.expand(/^Demo/);
    await workbench.sideBar.row('Demo Sales').waitFor();
    assert.equal(await workbench.statusBarItem(/\d+ (users|chats)/).count(), 0, 'it is counted nowhere');
    await takePictures(vsCode, 'instances-demo', undefined, ALL_THEMES);
  });

  it('open a report that says what it is about', async () => {
    await workbench.sideBar.press(/^Demo/, 'Open Report');
    const report = await workbench.webviews.containing('text=Turns');
    await eventually(
      async () => (await report.locator('body').innerText()).includes('Demo'),
      'the name of the demo',
    );
    await takePictures(vsCode, 'report-demo');
  });

  it('list the reports', async () => {
    await workbench.sideBar.toggle('Instances');
    await workbench.sideBar.toggle('Reports');
    await workbench.sideBar.row('What changed').first().waitFor();
    await takePictures(vsCode, 'reports-view', undefined, ALL_THEMES);
    await workbench.sideBar.toggle('Reports');
  });

  it('show the schema with its rows', async () => {
    await workbench.sideBar.toggle('Schema');
    await workbench.sideBar.row(/^v_turns/).waitFor();
    await workbench.sideBar.expand(/^users/);
    await workbench.sideBar
      .row(/^email/)
      .first()
      .waitFor();
    await takePictures(vsCode, 'schema', undefined, ALL_THEMES);
    await workbench.sideBar.toggle('Schema');
  });

  it('run an example', async () => {
    await workbench.sideBar.toggle('Queries');
    await workbench.sideBar.expand(/^Examples/);
    await workbench.sideBar.press('In how many chats is each model used?', 'Run');
    const results = await workbench.webviews.containing('[role=grid] [role=gridcell]');
    await results.locator('text=/\\d+ rows?/').first().waitFor();
    await takePictures(vsCode, 'results', undefined, ALL_THEMES);
  });

  it('draw its result', async () => {
    await workbench.runCommand('OpenWebUI Sync: Chart Result');
    const drawn = () => workbench.webviews.containing('.picture .canvas:not(.pending) svg');
    await drawn();
    await takePictures(vsCode, 'results-chart', drawn, ALL_THEMES);
  });

  it('fill a notebook with results', async () => {
    await workbench.runCommand('OpenWebUI Sync: New SQL Notebook');
    await vsCode.page.locator('.notebookOverlay').waitFor();
    await vsCode.page.keyboard.press('ControlOrMeta+J');
    await vsCode.page.locator('.notebook-toolbar-container').getByText('Run All').click();
    const outputs = await workbench.webviews.containing('.ow-result svg.marks');
    await outputs.locator('text=/\\d+ rows?/').first().waitFor();
    await takePictures(vsCode, 'notebook', undefined, ALL_THEMES);
  });

  it('run a single cell by the notebook’s own key', async () => {
    const cell = vsCode.page.locator('.notebookOverlay .monaco-editor .view-lines').first();
    const text = await cell.innerText();
    await cell.click();
    await vsCode.page.keyboard.press('ControlOrMeta+Enter');
    await vsCode.page.locator('.execution-count-label', { hasText: '[2]' }).waitFor();
    assert.equal(await cell.innerText(), text);
  });

  it('leave nothing behind when the demo is removed', async () => {
    await workbench.sideBar.toggle('Instances');
    await workbench.runCommand('OpenWebUI Sync: Remove Demo Data');
    await workbench.sideBar.welcomeButton('Try with Demo Data').first().waitFor();
    const demo = join(vsCode.dataFolder, 'demo');
    await eventually(() => Promise.resolve(!existsSync(demo)), 'the files of the demo to be gone');
  });

  it('break no rule of the content security', () => {
    assert.deepEqual(errors.all, []);
  });
});
