import type { Formatter } from '../format';
import type { ReportLink, SentenceModel } from '../reportModel';
import type { Facts } from './facts';

/** Something that may be told. */
export interface Finding {
  /** What it is about, in a word or two, for the list of what is left out. */
  readonly topic: string;
  /** How large it is, from 0 to 1: the largest are told first. */
  readonly size: number;
  /** Plain facts do not keep a period from being called usual. */
  readonly isUnusual: boolean;
  readonly sentence: SentenceModel;
}

/** What looks for findings of one kind. */
export type Topic = (facts: Facts, format: Formatter) => readonly Finding[];

/** A link to another report with the same settings. */
export function toReport(reportId: string): ReportLink {
  return { kind: 'report', reportId };
}

/** The mark of a sentence: something unusual to know, or nothing in particular. */
export function toneOf(isUnusual: boolean): SentenceModel['tone'] {
  return isUnusual ? 'notable' : 'plain';
}
