import assert from 'node:assert/strict';
import { findReport } from '../../../src/reports/catalogue';
import { changesReport } from '../../../src/reports/changes/changesReport';
import { isoOfDay } from '../../../src/reports/days';
import type { ReportModel, SentenceModel } from '../../../src/reports/reportModel';
import { at, type MessageOptions, type TestMirror } from './mirror';
import { report, type Asked } from './reading';

/** Monday of week 2026-W31, which ends on 2 August, as a local day. */
export const MONDAY = at('2026-07-27 00:00') / 86_400;
/** The morning after that week: its last sync was at six. */
export const MORNING = at('2026-08-03 08:00');
export const LAST_SYNC = at('2026-08-03 06:00');

/** Answered turns of one day, a minute apart from ten o'clock on. */
export function uses(
  mirror: TestMirror,
  chat: number,
  day: number,
  turns: number,
  answer: MessageOptions = {},
): void {
  for (let minute = 0; minute < turns; minute++) {
    mirror.turn(chat, at(`${isoOfDay(day)} 10:00`) + 60 * minute, answer);
  }
}

/** The same on the workdays of a week. @param weeksBack 0 is the week of {@link MONDAY} */
export function usesInWeek(
  mirror: TestMirror,
  chat: number,
  weeksBack: number,
  turnsPerDay: number,
  answer: MessageOptions = {},
): void {
  for (let weekday = 0; weekday < 5; weekday++) {
    uses(mirror, chat, MONDAY - 7 * weeksBack + weekday, turnsPerDay, answer);
  }
}

/** The report of the week as it opens on the morning after it. */
export function changes(mirror: TestMirror, asked: Asked = {}): Promise<ReportModel> {
  return report(mirror, {
    definition: changesReport,
    ...changesReport.defaults,
    now: MORNING,
    ...asked,
  });
}

/** Sentences of one section, "all" or `instance-ID`. Where they lead must exist. */
export function sentencesOf(model: ReportModel, section = 'all'): readonly SentenceModel[] {
  const blocks = model.sections.find(({ id }) => id === section)?.blocks ?? [];
  const sentences = blocks.flatMap((block) => (block.type === 'text' ? block.sentences : []));
  for (const { link } of sentences) {
    assert.ok(link?.kind !== 'report' || findReport(link.reportId) !== undefined, JSON.stringify(link));
  }
  return sentences;
}

/** A section as text: each sentence, and what stands behind it, indented. */
export function textOf(model: ReportModel, section = 'all'): string[] {
  return sentencesOf(model, section).flatMap(({ text, details }) => [
    text,
    ...details.map((detail) => `  ${detail}`),
  ]);
}
