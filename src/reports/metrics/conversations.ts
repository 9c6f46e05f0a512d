import type { MetricFamily } from './metric';

export const CONVERSATIONS = {} as const satisfies MetricFamily;
