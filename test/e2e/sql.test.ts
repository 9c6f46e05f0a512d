import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { Frame } from 'playwright-core';
import type { SampleServer } from '../../src/sample/server';
import { PROMISED_QUERIES } from '../promisedQueries';
import { eventually, longMs } from './support/eventually';
import { Mirror } from './support/mirror';
import { PageErrors } from './support/pageErrors';
import { takePictures } from './support/pictures';
import { Stage, withoutPauses } from './support/stage';
import type { VsCode } from './support/vsCode';
import type { Workbench } from './support/workbench';

const runKey = 'ControlOrMeta+Enter';

const endless = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n;';

describe('SQL from the editor', function () {
  this.bail(true);
  const stage = new Stage();
  let server: SampleServer;
  let vsCode: VsCode;
  let workbench: Workbench;
  let mirror: Mirror;
  let errors: PageErrors;

  before(async () => {
    server = await stage.company('fasgpt');
    vsCode = await stage.open({ fasgpt: server }, withoutPauses);
    workbench = vsCode.workbench;
    mirror = new Mirror(vsCode.dataFolder);
    errors = new PageErrors(vsCode.page);
    await workbench.sideBar.open();
    await workbench.sideBar.row(/^fasgpt.*last sync/).waitFor({ timeout: longMs });
  });

  it('starts with a query that runs as it stands', async () => {
    await workbench.runCommand('OpenWebUI Sync: New Query');
    await workbench.tab(/Untitled-1|messages per user/i).waitFor();
    await workbench.editor.waitForFocus();
    await vsCode.page.keyboard.press(runKey);
    await assertShows(PROMISED_QUERIES['messages per user']);
    await takePictures(vsCode, 'sql');
  });

  for (const [name, sql] of Object.entries(PROMISED_QUERIES)) {
    it(`answers the promised query for ${name} as any other tool does`, async () => {
      await workbench.editor.replaceText(sql);
      await workbench.editor.press(runKey);
      await assertShows(sql);
    });
  }

  it('shows an error at its place', async () => {
    await workbench.editor.replaceText('SELECT name,\n  nme\nFROM users;');
    await workbench.editor.press(runKey);
    const results = await workbench.webviews.containing('.message.error');
    assert.match(await results.locator('.message.error').innerText(), /Line 2: .*nme/);
    await workbench.editor.squiggles.first().waitFor();
    await takePictures(vsCode, 'sql-error');
  });

  it('refuses to write into the mirror', async () => {
    await workbench.editor.replaceText('DELETE FROM users;');
    await workbench.editor.press(runKey);
    await workbench.webviews.containing('text=This is a read-only copy');
  });

  it('ends a query that takes too long', async () => {
    await workbench.editor.replaceText(endless);
    await workbench.editor.press(runKey);
    await workbench.statusBarItem('Running… Cancel').waitFor();
    await workbench.statusBarItem('Running… Cancel').click();
    await workbench.webviews.containing('text=Cancelled.');
    await workbench.statusBarItem('Running… Cancel').waitFor({ state: 'hidden' });
  });

  it('works again after that', async () => {
    await workbench.editor.replaceText(PROMISED_QUERIES['model usage']);
    await workbench.editor.press(runKey);
    await assertShows(PROMISED_QUERIES['model usage']);
  });

  it('breaks no rule of its own content security', () => {
    assert.deepEqual(errors.all, []);
  });

  /** The first row and the number of rows as the file has them. */
  async function assertShows(sql: string): Promise<void> {
    const rows = await mirror.query(sql);
    const [first] = rows;
    assert.ok(first);
    const columns = Object.keys(first);
    const results = await workbench.webviews.containing(`.header .name >> text="${columns.at(-1)}"`);
    await results.locator('.status', { hasText: `${rows.length} row` }).waitFor();
    const expected = Object.values(first).map(String);
    // An equal query before may still be shown, and go while its rows are read.
    await eventually(
      async () => isDeepStrictEqual(await firstRow(results), expected),
      `the row ${expected.join(', ')}`,
    );
  }
});

async function firstRow(results: Frame): Promise<string[]> {
  return results
    .locator('.row:not(:has(.header))')
    .first()
    .locator('[role=gridcell]:not(.waiting)')
    .allInnerTexts();
}
