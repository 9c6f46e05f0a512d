import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Bench } from '../support/bench';
import type { ThemeName } from '../support/themes';
import {
  drawn,
  instanceOf,
  messageOf,
  openDashboard,
  STATE,
  SYNCING,
  type DashboardWebview,
} from './dashboardBench';

const GERMAN = join(__dirname, '..', '..', '..', 'l10n', 'bundle.l10n.de.json');

describe('the dashboard', () => {
  const bench = new Bench();

  async function open(theme: ThemeName = 'dark', width = 1200): Promise<DashboardWebview> {
    const page = await openDashboard(bench, { theme, width });
    await page.send(messageOf());
    await page.frame.locator('.instance').first().waitFor();
    return page;
  }

  it('speaks the language of the editor, and breaks no rule for it', async () => {
    const words = JSON.parse(readFileSync(GERMAN, 'utf8')) as Record<string, string>;
    const page = await openDashboard(bench, { language: { tag: 'de', words } });
    await page.send(messageOf());
    await page.frame.getByRole('button', { name: 'Alle synchronisieren' }).waitFor();
    assert.equal(await page.frame.locator('html').getAttribute('lang'), 'de');
    assert.deepEqual(await page.accessibilityFindings(), []);
    assert.deepEqual(await page.errors(), []);
  });

  for (const theme of ['light', 'dark', 'contrastDark', 'contrastLight'] as const) {
    it(`shows every instance in the theme ${theme}, keeps nobody out and breaks no rule`, async () => {
      const page = await open(theme);
      await drawn(page);
      assert.equal(await page.frame.locator('.instance').count(), STATE.instances.length);
      await page.takePicture(`page-dashboard-${theme}`);
      assert.deepEqual(await page.accessibilityFindings(), []);
      assert.deepEqual(await page.errors(), []);
    });
  }

  it('fits into 300 pixels', async () => {
    const page = await open('dark', 300);
    await drawn(page);
    await page.takePicture('page-dashboard-narrow');
    const width: number = await page.frame.evaluate('document.documentElement.scrollWidth');
    assert.ok(width <= 300, `${width} pixels`);
  });

  it('follows a sync without drawing its charts anew, and says how it ended', async () => {
    const page = await open();
    await drawn(page);
    await page.frame.evaluate(`document.querySelector('figure svg').dataset.same = 'yes'`);
    const [first, , ...others] = STATE.instances;
    assert.ok(first !== undefined);
    const later = { ...SYNCING, progress: { text: 'chats 240 of 482', fraction: 0.5 } };
    await page.send(messageOf({ instances: [first, later, ...others] }));
    await page.frame.getByText('chats 240 of 482').waitFor();
    assert.equal(
      await page.frame.getByRole('progressbar', { name: 'Sync of instance 2' }).getAttribute('value'),
      '0.5',
    );

    // It is said for a few seconds only.
    await Promise.all([
      page.frame.getByRole('status').getByText('instance 2: Synced').waitFor(),
      page.send(messageOf({ instances: [first, instanceOf(2), ...others] })),
    ]);
    assert.equal(await page.frame.locator('svg[data-same=yes]').count(), 1);
  });

  it('offers what can be done about each instance, and about all', async () => {
    const page = await open();
    const press = (name: string) => () => page.frame.getByRole('button', { name, exact: true }).click();
    assert.deepEqual(await page.after('sync', press('Sync: instance 3')), { type: 'sync', instanceId: 3 });
    assert.deepEqual(await page.after('cancel', press('Cancel: instance 2')), {
      type: 'cancel',
      instanceId: 2,
    });
    assert.deepEqual(await page.after('signIn', press('Enter Key: instance 4')), {
      type: 'signIn',
      instanceId: 4,
    });
    assert.deepEqual(await page.after('openReport', press('Open Report: instance 1')), {
      type: 'openReport',
      instanceId: 1,
    });
    assert.deepEqual(await page.after('sync', press('Sync All')), { type: 'sync' });
    assert.deepEqual(await page.after('cancel', press('Cancel All Syncs')), { type: 'cancel' });
    assert.deepEqual(await page.after('openReport', press('Open Report')), { type: 'openReport' });
    assert.equal(await page.frame.getByRole('button', { name: 'Cancel: instance 5' }).count(), 0);
  });

  it('keeps the focus on an instance whose button changes', async () => {
    const page = await open();
    await page.frame.getByRole('button', { name: 'Cancel: instance 2' }).focus();
    await page.send(messageOf({ instances: [instanceOf(1), instanceOf(2)] }));
    await page.frame.getByRole('button', { name: 'Sync: instance 2' }).waitFor();
    const name: string = await page.frame.evaluate(`document.activeElement.getAttribute('aria-label')`);
    assert.equal(name, 'Sync: instance 2');
  });

  it('says why there are no numbers', async () => {
    const page = await open();
    await page.send(messageOf({ figures: { phase: 'failed', message: 'The database cannot be read.' } }));
    await page.frame.getByText('The database cannot be read.').waitFor();
    await page.after('showLog', () => page.frame.getByRole('button', { name: 'Show Log' }).click());
  });

  it('offers to add an instance when there is none', async () => {
    const page = await open();
    await page.send(messageOf({ instances: [] }));
    await page.after('addInstance', () => page.frame.getByRole('button', { name: 'Add Instance' }).click());
    assert.equal(await page.frame.getByRole('button', { name: 'Sync All' }).isVisible(), false);
  });

  it('understands nothing of another version', async () => {
    const page = await open();
    await page.send(messageOf({ day: 'Another day' }, 0), messageOf({ day: 'This day' }));
    await page.frame.getByText('This day').waitFor();
    assert.equal(await page.frame.getByText('Another day').count(), 0);
  });
});
