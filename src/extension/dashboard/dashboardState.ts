import * as l10n from '@vscode/l10n';
import type { DashboardNumbers } from '../../reports/dashboard/dashboardFigures';
import { localTimeIn } from '../../store/localTime';
import { createFormatter } from '../../reports/format';
import { countOf, formatMoment } from '../../sync/words';
import type {
  DashboardFigures,
  DashboardInstance,
  DashboardProgress,
  DashboardState,
} from '../../webview/dashboard/protocol';
import { instanceViews, type InstanceView, type MirrorView } from '../views/instanceView';
import { instanceDescription } from '../views/instanceText';
import { shownProgressText, type ShownRun } from '../views/shownRun';
import { translated } from '../../language/translated';

/** What was read of the mirror, and how the reading stands. */
export interface DashboardReading {
  readonly numbers?: DashboardNumbers | undefined;
  readonly isReading: boolean;
  readonly failure?: string | undefined;
  /** Reports can read these too; the dashboard reads the mirror. */
  readonly hasWarehouses?: boolean | undefined;
}

/** Everything that the page shows, from what the views know and what was read. */
export function dashboardState(view: MirrorView, reading: DashboardReading, locale: string): DashboardState {
  const { day } = localTimeIn(view.zone)(Math.floor(view.now / 1000));
  const words = createFormatter(locale);
  return {
    day: words.bucket(day, 'day'),
    comparedWith: l10n.t('{0} until the same time', words.bucket(day - 7, 'day')),
    zone: view.zone,
    ...(reading.hasWarehouses === true ? { source: l10n.t('read from the mirror') } : {}),
    instances: instanceViews(view).map((item) => instanceOf(item, view, reading.numbers)),
    figures: figuresOf(reading),
  };
}

function instanceOf(
  item: InstanceView,
  { now, zone }: MirrorView,
  numbers: DashboardNumbers | undefined,
): DashboardInstance {
  const { instance, state, progress } = item;
  return {
    id: instance.id,
    name: instance.name,
    url: instance.url,
    standing: state,
    status: STATUS_WORDS[state],
    reason: reasonOf(item),
    progress: progress === undefined ? undefined : progressOf(progress),
    canCancel: progress !== undefined && progress.phase !== 'elsewhere',
    freshness: freshnessOf(item, now, zone),
    figures: numbers?.byInstance.get(instance.id) ?? [],
  };
}

const STATUS_WORDS = translated<Readonly<Record<InstanceView['state'], string>>>(() => ({
  running: l10n.t('Syncing'),
  queued: l10n.t('Waiting for its turn'),
  signIn: l10n.t('Key needed'),
  failed: l10n.t('Failed'),
  incomplete: l10n.t('Incomplete'),
  ok: l10n.t('Synced'),
  never: l10n.t('Not synced yet'),
  paused: l10n.t('Paused'),
}));

function reasonOf({ state, signInProblem, lastRun }: InstanceView): string | undefined {
  return state === 'signIn' ? signInProblem : state === 'ok' ? undefined : lastRun?.error;
}

function progressOf(run: ShownRun): DashboardProgress {
  const { requests, expectedRequests } = run;
  const isKnown = expectedRequests !== undefined && expectedRequests > 0;
  return {
    text: shownProgressText(run),
    // A run may take more requests than was thought; its bar then waits just before the end.
    fraction: isKnown ? Math.min(requests / expectedRequests, 0.99) : undefined,
  };
}

function freshnessOf(item: InstanceView, now: number, zone: string): string {
  const { status, state } = item;
  if (state === 'running' || state === 'queued') {
    return status?.lastSyncEpoch === undefined
      ? l10n.t('First sync under way')
      : l10n.t('Data as of {0}', formatMoment(status.lastSyncEpoch * 1000, now, zone));
  }
  return status === undefined ? countOf(0, 'chat') : instanceDescription(item, now, zone);
}

function figuresOf({ numbers, isReading, failure }: DashboardReading): DashboardFigures {
  if (failure !== undefined) {
    return { phase: 'failed', message: failure };
  }
  return numbers === undefined
    ? { phase: 'loading' }
    : {
        phase: 'ready',
        totals: numbers.totals,
        charts: numbers.charts,
        datasets: numbers.datasets,
        isStale: isReading,
      };
}
