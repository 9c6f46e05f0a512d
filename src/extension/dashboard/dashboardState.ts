import * as l10n from '@vscode/l10n';
import type { DashboardNumbers } from '../../reports/dashboard/dashboardFigures';
import type { TileModel } from '../../reports/reportModel';
import type { ReportSource } from '../../reports/reportSource';
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
import { instanceDescription, instanceStanding } from '../views/instanceText';
import { shownProgressText, type ShownRun } from '../views/shownRun';
import { translated } from '../../language/translated';
import type { DashboardReading } from './dashboardSession';

/** Which database is read, what was read of it, and which others can be. */
export interface DashboardSources {
  readonly source: ReportSource | undefined;
  /** Names of warehouses that can be read. */
  readonly warehouses: readonly string[];
  readonly reading: DashboardReading;
}

/** Everything that the page shows, from what the views know and what was read. */
export function dashboardState(
  view: MirrorView,
  { source, warehouses, reading }: DashboardSources,
  locale: string,
): DashboardState {
  const numbers = reading.phase === 'ready' ? reading.numbers : undefined;
  const zone = numbers?.zone ?? view.zone;
  const day = numbers?.day ?? localTimeIn(zone)(Math.floor(view.now / 1000)).day;
  const words = createFormatter(locale);
  const isOfMirror = source === undefined;
  return {
    day: words.bucket(day, 'day'),
    comparedWith: l10n.t('{0} until the same time', words.bucket(day - 7, 'day')),
    ...{ zone, source, warehouses },
    instances: instanceViews(view).map((item) => ({
      ...instanceOf(item),
      freshness: freshnessOf(item, view, isOfMirror),
      figures: figuresOf(item, numbers, isOfMirror),
    })),
    figures: togetherOf(reading),
  };
}

function instanceOf(item: InstanceView): Omit<DashboardInstance, 'freshness' | 'figures'> {
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
  };
}

/** Ids are those of a data folder: in another one's warehouse they may be other servers'. */
function figuresOf(
  { instance }: InstanceView,
  numbers: DashboardNumbers | undefined,
  isOfMirror: boolean,
): readonly TileModel[] {
  const found = numbers?.byInstance.get(instance.id);
  return found !== undefined && (isOfMirror || found.url === instance.url) ? found.tiles : [];
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

/** What the instance's syncs say; what the mirror holds only where it is the mirror that is read. */
function freshnessOf(item: InstanceView, { now, zone }: MirrorView, isOfMirror: boolean): string {
  const { status, state } = item;
  if (state !== 'running' && state !== 'queued') {
    if (!isOfMirror) {
      return instanceStanding(item, now, zone);
    }
    return status === undefined ? countOf(0, 'chat') : instanceDescription(item, now, zone);
  }
  if (status?.lastSyncEpoch === undefined) {
    return l10n.t('First sync under way');
  }
  const moment = formatMoment(status.lastSyncEpoch * 1000, now, zone);
  return isOfMirror ? l10n.t('Data as of {0}', moment) : l10n.t('last sync {0}', moment);
}

function togetherOf(reading: DashboardReading): DashboardFigures {
  if (reading.phase !== 'ready') {
    return reading;
  }
  const { numbers, isStale } = reading;
  const { totals, charts, datasets, warehouse, freshness } = numbers;
  return {
    phase: 'ready',
    ...{ totals, charts, datasets, isStale },
    origin: warehouse && { ...warehouse, freshness },
  };
}
