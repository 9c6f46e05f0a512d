import type { MetricFamily } from './metric';

export const MODELS = {} as const satisfies MetricFamily;
