import type { MetricFamily } from './metric';

export const PEOPLE = {} as const satisfies MetricFamily;
