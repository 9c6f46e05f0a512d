import assert from 'node:assert/strict';
import type { SampleServer } from '../../src/sample/server';
import { longMs } from './support/eventually';
import { Keyboard } from './support/keyboard';
import { Stage, withoutPauses } from './support/stage';
import type { VsCode } from './support/vsCode';
import type { Workbench } from './support/workbench';

/** The main job without a mouse. The page's locators only look; all that is done is pressed. */
describe('somebody without a mouse', function () {
  this.bail(true);
  const stage = new Stage();
  let server: SampleServer;
  let vsCode: VsCode;
  let workbench: Workbench;
  let keyboard: Keyboard;

  before(async () => {
    server = await stage.company('fasgpt');
    vsCode = await stage.open({}, withoutPauses);
    workbench = vsCode.workbench;
    keyboard = new Keyboard(vsCode.page);
  });

  it('adds an instance and syncs it', async () => {
    await keyboard.run('OpenWebUI Sync: Add Instance...');
    await answer('Address of the Open WebUI server', server.url);
    await answer('Name to show for it', 'fasgpt');
    await workbench.quickInput.waitForStep('How do you sign in?');
    await keyboard.choose('API', 'API Key');
    await answer('API key. It is kept', server.apiKey);
    await workbench.quickInput.waitForStep('What may the mirror hold?');
    await keyboard.choose('Full', 'Full');
    await workbench.dialog(/Connected to fasgpt/).waitFor();
    await keyboard.press('Enter');
    await keyboard.run('OpenWebUI Sync: Focus on Instances View');
    await workbench.sideBar.row(/^fasgpt.*last sync/).waitFor({ timeout: longMs });
  });

  it('reads the tree line by line', async () => {
    await keyboard.run('OpenWebUI Sync: Focus on Instances View');
    await keyboard.moveTo(/fasgpt/);
    await keyboard.press('ArrowRight');
    await workbench.sideBar.row(/38 users/).waitFor();
    await keyboard.moveTo(/38 users/);
    await keyboard.moveTo(/Full sync/);
    await keyboard.press('Enter');
    await workbench.tab(/Full sync/i).waitFor();
  });

  it('opens a report and reaches its parts by Tab', async () => {
    await keyboard.run('OpenWebUI Sync: Choose a Report...');
    await workbench.quickInput.waitForStep('Which report?');
    await keyboard.choose('Overview', 'Overview');
    const report = await workbench.webviews.containing('text=Turns');
    await keyboard.run('View: Focus Active Editor Group');
    const passed = await keyboard.tabTo(report, /Export/i);
    assert.ok(passed.length > 2, passed.join(' | '));
    await keyboard.tabTo(report, /sort|Users|Models/i);
  });

  it('writes a query, runs it and walks through its rows', async () => {
    await keyboard.run('OpenWebUI Sync: New Query');
    await workbench.tab(/Untitled-1|messages per user/i).waitFor();
    await workbench.editor.waitForFocus();
    await keyboard.press('ControlOrMeta+Enter');
    const results = await workbench.webviews.containing('[role=grid] [role=gridcell]');
    await keyboard.run('Query Results: Focus on Query Results View');
    await keyboard.tabTo(results, /^grid|gridcell/);
    await keyboard.press('ArrowDown', 'ArrowDown');
    const row = await results.locator('[aria-selected=true], .active').first().getAttribute('aria-rowindex');
    assert.notEqual(row, '1');
    await keyboard.press('ControlOrMeta+C');
    await results.locator('text=/Copied/').first().waitFor();
  });

  async function answer(step: string, text: string): Promise<void> {
    await workbench.quickInput.waitForStep(step);
    await keyboard.typeIntoBox(text);
    await keyboard.press('Enter');
  }
});
