import { isAbsolute } from 'node:path';
import { RETENTION_RANGES, type RetentionPolicy } from '../store/retention/retention';
import type { RequestPolicy } from '../sync/engine/syncTypes';
import { DEFAULT_REQUEST_POLICY } from '../sync/engine/syncTypes';
import type { Schedule } from '../sync/schedule/schedule';
import { isTimeOfDay, SCHEDULE_OFF } from '../sync/schedule/schedule';

/** First part of every setting of the manifest. */
export const SETTINGS_SECTION = 'openwebuiSync';

/** Settings by their key below `openwebuiSync.`; a unit test holds this list and the manifest together. */
export const SETTING_KEYS = [
  'timer.schedule',
  'timer.dailyAt',
  'timer.customMinutes',
  'reconcileHours',
  'cost.sync',
  'requests.timeoutSeconds',
  'requests.delaySeconds',
  'requests.retries',
  'export.folder',
  'reports.folder',
  'export.afterSync',
  'changes.weekly',
  'query.rowLimit',
  'query.codeLens',
  'query.checkWhileTyping',
  'query.history',
  'query.timeoutSeconds',
  'statusBar.visible',
  'retention.textMonths',
  'retention.runDays',
] as const;

export type SettingKey = (typeof SETTING_KEYS)[number];

/** What parsing needs of VS Code's configuration: values as people typed them, of any type. */
export interface SettingsSource {
  get(key: SettingKey): unknown;
}

/** Values of `timer.schedule`. */
export const TIMER_SCHEDULES = ['off', 'every30Minutes', 'hourly', 'daily', 'custom'] as const;
export type TimerSchedule = (typeof TIMER_SCHEDULES)[number];

/** A number's default and bounds, the same as in the manifest. */
export interface NumberRange {
  readonly fallback: number;
  readonly minimum: number;
  readonly maximum: number;
}

export const NUMBER_RANGES = {
  'timer.customMinutes': { fallback: 120, minimum: 5, maximum: 10_080 },
  reconcileHours: { fallback: 24, minimum: 0, maximum: 168 },
  'requests.timeoutSeconds': { fallback: 30, minimum: 1, maximum: 600 },
  'requests.delaySeconds': { fallback: 0.05, minimum: 0, maximum: 60 },
  'requests.retries': { fallback: 3, minimum: 0, maximum: 10 },
  'query.rowLimit': { fallback: 10_000, minimum: 1, maximum: 1_000_000 },
  'query.timeoutSeconds': { fallback: 60, minimum: 0, maximum: 3600 },
  'retention.textMonths': RETENTION_RANGES.textMonths,
  'retention.runDays': RETENTION_RANGES.runDays,
} as const satisfies Partial<Record<SettingKey, NumberRange>>;

export const DEFAULT_DAILY_AT = '02:00';

/** When the timer syncs. Anything unknown means off: a typo must never start requests. */
export function parseSchedule(source: SettingsSource): Schedule {
  const typed = source.get('timer.schedule');
  const schedule = TIMER_SCHEDULES.find((known) => known === typed) ?? 'off';
  const schedules: Record<TimerSchedule, () => Schedule> = {
    off: () => SCHEDULE_OFF,
    every30Minutes: () => ({ kind: 'everyMinutes', minutes: 30 }),
    hourly: () => ({ kind: 'hourly' }),
    daily: () => ({ kind: 'daily', at: parseDailyAt(source) }),
    custom: () => ({
      kind: 'everyMinutes',
      minutes: Math.round(parseNumber(source, 'timer.customMinutes')),
    }),
  };
  return schedules[schedule]();
}

/** Time of day of the daily sync; the default for anything that is no time. */
export function parseDailyAt(source: SettingsSource): string {
  const typed = source.get('timer.dailyAt');
  return typeof typed === 'string' && isTimeOfDay(typed) ? typed : DEFAULT_DAILY_AT;
}

/** Hours after which a sync looks at everybody again; 0: never by itself. */
export function parseReconcileHours(source: SettingsSource): number {
  return parseNumber(source, 'reconcileHours');
}

/** Values of `cost.sync`. */
export const COST_SYNCS = ['daily', 'off'] as const;
export type CostSyncing = (typeof COST_SYNCS)[number];

/** Whether costs are read by themselves. Anything unknown means off: a typo must never start requests. */
export function parseCostSync(source: SettingsSource): CostSyncing {
  return source.get('cost.sync') === 'daily' ? 'daily' : 'off';
}

/** How long text and sync runs are kept. Part of a month or day counts as a whole one: rather too long than too short. */
export function parseRetention(source: SettingsSource): RetentionPolicy {
  return {
    textMonths: Math.ceil(parseNumber(source, 'retention.textMonths')),
    runDays: Math.ceil(parseNumber(source, 'retention.runDays')),
  };
}

/** What requests may cost, in the engine's units (ms). */
export function parseRequestPolicy(source: SettingsSource): RequestPolicy {
  return {
    timeoutMs: Math.round(parseNumber(source, 'requests.timeoutSeconds') * 1000),
    delayMs: Math.round(parseNumber(source, 'requests.delaySeconds') * 1000),
    retries: Math.round(parseNumber(source, 'requests.retries')),
    concurrency: DEFAULT_REQUEST_POLICY.concurrency,
  };
}

/** Where reports are exported to when nothing is set, inside the workspace. */
export const DEFAULT_EXPORT_FOLDER = 'output/ai_usage';

/** Folder of exported reports: absolute, or inside the workspace. Never empty. */
export function parseExportFolder(source: SettingsSource): string {
  const typed = source.get('export.folder');
  const folder = typeof typed === 'string' ? typed.trim() : '';
  return folder === '' ? DEFAULT_EXPORT_FOLDER : folder;
}

/** Whether all reports are written after each sync that changed something. */
export function parseExportAfterSync(source: SettingsSource): boolean {
  return source.get('export.afterSync') === true;
}

/** Whether what changed in a week is written after the first sync that ended after it. */
export function parseChangesWeekly(source: SettingsSource): boolean {
  return source.get('changes.weekly') === true;
}

/** Folder of people's own reports: an absolute path; undefined: `reports` in the data folder. */
export function parseReportsFolder(source: SettingsSource): string | undefined {
  const typed = source.get('reports.folder');
  return typeof typed === 'string' && isAbsolute(typed.trim()) ? typed.trim() : undefined;
}

/** Whether statements that run are kept in the history. */
export function parseQueryHistory(source: SettingsSource): boolean {
  return source.get('query.history') !== false;
}

/** Whether Run, Explain and parameters stand above each statement. */
export function parseQueryCodeLens(source: SettingsSource): boolean {
  return source.get('query.codeLens') !== false;
}

/** Whether statements are checked while they are typed. */
export function parseCheckWhileTyping(source: SettingsSource): boolean {
  return source.get('query.checkWhileTyping') !== false;
}

/** Whether the status bar item is shown. */
export function parseStatusBarVisible(source: SettingsSource): boolean {
  return source.get('statusBar.visible') !== false;
}

/** A number within its bounds; the default when it is no finite number. */
export function parseNumber(source: SettingsSource, key: keyof typeof NUMBER_RANGES): number {
  const { fallback, minimum, maximum } = NUMBER_RANGES[key];
  const typed = source.get(key);
  if (typeof typed !== 'number' || !Number.isFinite(typed)) {
    return fallback;
  }
  return Math.min(Math.max(typed, minimum), maximum);
}
