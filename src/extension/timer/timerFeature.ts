import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { isTimeOfDay } from '../../sync/schedule/schedule';
import type { CoreFeature } from '../core';
import { askChoice, askText, BACK, orCancel, refusal } from '../quickInput';
import { readSettings } from '../readSettings';
import type { SettingKey, TimerSchedule } from '../settings';
import { NUMBER_RANGES, parseDailyAt, parseNumber, SETTINGS_SECTION } from '../settings';

const commandTitle = (): string => l10n.t('Start Timer');

/** Start Timer and Stop Timer: they write the settings, which the timer of each window follows. */
export const timerFeature: CoreFeature = (core) => {
  core.registerCommand('openwebuiSync.startTimer', async () => {
    const schedule = await askChoice<TimerSchedule>({
      title: commandTitle(),
      placeholder: l10n.t('How often shall all instances be synced?'),
      items: [
        { label: l10n.t('Every 30 minutes'), value: 'every30Minutes' },
        { label: l10n.t('Every hour'), value: 'hourly' },
        {
          label: l10n.t('Every day...'),
          description: l10n.t('now at {0}', parseDailyAt(readSettings())),
          value: 'daily',
        },
        {
          label: l10n.t('Every … minutes'),
          description: l10n.t('now {0}', parseNumber(readSettings(), 'timer.customMinutes')),
          value: 'custom',
        },
      ],
    });
    if (schedule !== BACK) {
      await ASK_DETAIL[schedule]();
      await write('timer.schedule', schedule);
    }
  });
  core.registerCommand('openwebuiSync.stopTimer', () => write('timer.schedule', 'off'));
  return undefined;
};

const ASK_DETAIL: Readonly<Record<TimerSchedule, () => Promise<void>>> = {
  off: nothing,
  every30Minutes: nothing,
  hourly: nothing,
  daily: async () => {
    const time = await ask(l10n.t('At what time of day? HH:MM'), parseDailyAt(readSettings()), (text) =>
      isTimeOfDay(text.trim()) ? undefined : l10n.t('Give a time of day as HH:MM, for example 02:00.'),
    );
    await write('timer.dailyAt', time);
  },
  custom: async () => {
    const { minimum, maximum } = NUMBER_RANGES['timer.customMinutes'];
    const minutes = await ask(
      l10n.t('Minutes between two syncs'),
      String(parseNumber(readSettings(), 'timer.customMinutes')),
      (text) => {
        const value = Number(text);
        return Number.isInteger(value) && value >= minimum && value <= maximum
          ? undefined
          : l10n.t('Give a whole number from {0} to {1}.', minimum, maximum);
      },
    );
    await write('timer.customMinutes', Number(minutes));
  },
};

function nothing(): Promise<void> {
  return Promise.resolve();
}

async function ask(
  prompt: string,
  value: string,
  validate: (text: string) => string | undefined,
): Promise<string> {
  const answer = await orCancel(
    askText({
      title: commandTitle(),
      step: 2,
      totalSteps: 2,
      prompt,
      value,
      object: (text) => refusal(validate(text)),
    }),
  );
  return answer.trim();
}

async function write(key: SettingKey, value: string | number): Promise<void> {
  const configuration = vscode.workspace.getConfiguration(SETTINGS_SECTION);
  await configuration.update(key, value, vscode.ConfigurationTarget.Global);
}
