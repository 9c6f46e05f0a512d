import { weekdayOf, type LocalDay } from '../days';
import type { ReportRow } from '../reportModel';
import type { Holidays } from '../trends/holidays';
import { countIn, textIn } from './rowValues';

/** Days that are a holiday of one of the instances. @param rows of `holidays.sql` */
export function holidaysOf(rows: readonly ReportRow[]): Holidays {
  return new Set(rows.map((row) => countIn(row, 'day')));
}

/** Whether one of the days is a workday that was a holiday: such a span says nothing about what is usual. */
export function hasFreeWorkday(holidays: Holidays, from: LocalDay, to: LocalDay): boolean {
  return [...holidays].some((day) => from <= day && day <= to && weekdayOf(day) < 5);
}

/** A holiday of one or more instances. */
export interface Holiday {
  readonly day: LocalDay;
  readonly name: string;
}

/** Each holiday of these days once, the first day first. @param rows of `holidays.sql` */
export function holidaysBetween(
  rows: readonly ReportRow[],
  from: LocalDay,
  to: LocalDay,
): readonly Holiday[] {
  const named = rows.map((row) => ({ day: countIn(row, 'day'), name: textIn(row, 'name') }));
  const within = named.filter(({ day }) => from <= day && day <= to);
  return [...new Map(within.map((holiday) => [`${holiday.day} ${holiday.name}`, holiday])).values()];
}
