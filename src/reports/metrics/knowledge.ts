import type { MetricFamily } from './metric';

export const KNOWLEDGE = {} as const satisfies MetricFamily;
