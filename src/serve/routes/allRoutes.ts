import { healthzRoute, prometheusRoute } from './healthRoutes';
import { metricRoute, metricsRoute } from './metricRoutes';
import { instancesRoute, statusRoute } from './mirrorRoutes';
import { queryRoute } from './queryRoute';
import { reportRoute, reportsRoute } from './reportRoutes';
import type { Route } from './route';

/** Every route, in the order of the OpenAPI document. */
export const ROUTES: readonly Route[] = [
  instancesRoute,
  statusRoute,
  reportsRoute,
  reportRoute,
  metricsRoute,
  metricRoute,
  queryRoute,
  prometheusRoute,
  healthzRoute,
];
