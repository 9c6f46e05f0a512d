import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  DASHBOARD_PROTOCOL,
  type DashboardInstance,
  type DashboardState,
  type ToExtension,
  type ToPage,
} from '../../../src/webview/dashboard/protocol';
import { eventually } from '../../e2e/support/eventually';
import { CHARTS, DATASETS } from '../report/reportModels';
import { Bench, type WebviewPage } from '../support/bench';
import type { ThemeName } from '../support/themes';

const GERMAN = join(__dirname, '..', '..', '..', 'l10n', 'bundle.l10n.de.json');

const CHART_IDS = ['lineTimeNarrow', 'splitTime'];

function instanceOf(id: number, changes: Partial<DashboardInstance> = {}): DashboardInstance {
  return {
    id,
    name: `instance ${id}`,
    url: `https://ai${id}.example.com`,
    standing: 'ok',
    status: 'Synced',
    canCancel: false,
    freshness: '482 chats · last sync 14:30 · next 15:00',
    figures: [
      { id: 'turns', title: 'Turns', value: String(10 * id), definition: 'Messages that users wrote.' },
    ],
    ...changes,
  };
}

const SYNCING = instanceOf(2, {
  standing: 'running',
  status: 'Syncing',
  progress: { text: 'chats 120 of 482', fraction: 0.25 },
  canCancel: true,
});

const STATE: DashboardState = {
  day: 'Sun, 29 Mar 2026',
  comparedWith: 'Sun, 22 Mar 2026 until the same time',
  zone: 'Europe/Berlin',
  instances: [
    instanceOf(1),
    SYNCING,
    instanceOf(3, {
      standing: 'failed',
      status: 'Failed',
      reason: 'The server did not answer. Check its address, then sync again.',
    }),
    instanceOf(4, {
      standing: 'signIn',
      status: 'Key needed',
      reason: 'The server rejected the key.',
      figures: [],
    }),
    instanceOf(5, { standing: 'queued', status: 'Waiting for its turn', progress: { text: 'waiting' } }),
  ],
  figures: {
    phase: 'ready',
    totals: [
      {
        id: 'turns',
        title: 'Turns',
        value: '143',
        definition: 'Messages that users wrote.',
        change: { direction: 'down', text: '-12%', before: 'from 162' },
      },
    ],
    charts: CHARTS.filter(({ id }) => CHART_IDS.includes(id)),
    datasets: DATASETS,
    isStale: false,
  },
};

function messageOf(changes: Partial<DashboardState> = {}, version = DASHBOARD_PROTOCOL): ToPage {
  return { type: 'state', version, state: { ...STATE, ...changes } };
}

describe('the dashboard', () => {
  const bench = new Bench();

  async function open(theme: ThemeName = 'dark', width = 1200): Promise<WebviewPage<ToPage, ToExtension>> {
    const page = await bench.open<ToPage, ToExtension>(
      { scripts: ['dashboard.js'], styles: ['dashboard.css'], theme },
      { width, height: 900 },
    );
    await eventually(async () => (await page.posted()).some(({ type }) => type === 'ready'), 'the page');
    await page.send(messageOf());
    await page.frame.locator('.instance').first().waitFor();
    return page;
  }

  function drawn({ frame }: WebviewPage<ToPage, ToExtension>): Promise<unknown> {
    return eventually(
      async () => (await frame.locator('figure .canvas:not(.pending) svg').count()) === CHART_IDS.length,
      'every chart to be drawn',
    );
  }

  it('speaks the language of the editor, and breaks no rule for it', async () => {
    const words = JSON.parse(readFileSync(GERMAN, 'utf8')) as Record<string, string>;
    const page = await bench.open<ToPage, ToExtension>({
      ...{ scripts: ['dashboard.js'], styles: ['dashboard.css'], theme: 'dark' },
      language: { tag: 'de', words },
    });
    await eventually(async () => (await page.posted()).some(({ type }) => type === 'ready'), 'the page');
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
