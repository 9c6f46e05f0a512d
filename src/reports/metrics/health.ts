import type { MetricFamily } from './metric';

export const HEALTH = {} as const satisfies MetricFamily;
