import type {
  DashboardInstance,
  DashboardState,
  ToExtension,
  ToPage,
} from '../../../src/webview/dashboard/protocol';
import { DASHBOARD_PROTOCOL } from '../../../src/webview/dashboard/protocol';
import { eventually } from '../../e2e/support/eventually';
import { CHARTS, DATASETS } from '../report/reportModels';
import type { Bench, WebviewPage } from '../support/bench';
import type { PageAddress } from '../support/webviewServer';

export type DashboardWebview = WebviewPage<ToPage, ToExtension>;

export const CHART_IDS = ['lineTimeNarrow', 'splitTime'];

export function instanceOf(id: number, changes: Partial<DashboardInstance> = {}): DashboardInstance {
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

export const SYNCING = instanceOf(2, {
  standing: 'running',
  status: 'Syncing',
  progress: { text: 'chats 120 of 482', fraction: 0.25 },
  canCancel: true,
});

export const STATE: DashboardState = {
  day: 'Sun, 29 Mar 2026',
  comparedWith: 'Sun, 22 Mar 2026 until the same time',
  zone: 'Europe/Berlin',
  warehouses: [],
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

export function messageOf(changes: Partial<DashboardState> = {}, version = DASHBOARD_PROTOCOL): ToPage {
  return { type: 'state', version, state: { ...STATE, ...changes } };
}

interface Options extends Partial<PageAddress> {
  readonly width?: number;
}

/** Opens the dashboard's page; it has said `ready` and waits. */
export async function openDashboard(
  bench: Bench,
  { width = 1200, ...address }: Options = {},
): Promise<DashboardWebview> {
  const page = await bench.open<ToPage, ToExtension>(
    { scripts: ['toolbar.js', 'dashboard.js'], styles: ['dashboard.css'], theme: 'dark', ...address },
    { width, height: 900 },
  );
  await eventually(async () => (await page.posted()).some(({ type }) => type === 'ready'), 'the page');
  return page;
}

/** Waits until each chart is drawn. */
export function drawn({ frame }: DashboardWebview): Promise<unknown> {
  return eventually(
    async () => (await frame.locator('figure .canvas:not(.pending) svg').count()) === CHART_IDS.length,
    'every chart to be drawn',
  );
}
