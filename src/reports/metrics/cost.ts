import type { MetricFamily } from './metric';

export const COST = {} as const satisfies MetricFamily;
