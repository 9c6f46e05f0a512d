import { configFeatures } from '../configFeatures';
import { json } from '../http/replies';
import type { Route } from '../http/routing';

/** Version, configuration and health. */
export const SERVER_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/health', access: 'open', answer: () => json({ status: true }) },
  {
    method: 'GET',
    path: '/ready',
    access: 'open',
    existsIf: (dialect) => dialect.hasReady,
    answer: () => json({ status: true }),
  },
  {
    method: 'GET',
    path: '/api/version',
    access: 'open',
    answer: ({ world, dialect }) =>
      json({ version: world.version, ...(dialect.hasDeploymentId ? { deployment_id: '' } : {}) }),
  },
  {
    method: 'GET',
    path: '/api/config',
    access: 'optional',
    answer: ({ world, dialect, gates, caller }) => {
      const hasToken = caller !== null && caller.session !== null;
      return json({
        status: true,
        name: 'Open WebUI',
        version: world.version,
        oauth: dialect.configOauth,
        features: configFeatures(world.version, gates, hasToken && dialect.configReadsToken),
      });
    },
  },
  {
    method: 'GET',
    path: '/api/usage',
    access: 'person',
    existsIf: (dialect) => dialect.usage !== 'missing',
    answer: ({ dialect }) =>
      json(dialect.usage === 'user_ids' ? { model_ids: [], user_ids: [] } : { model_ids: [], user_count: 0 }),
  },
];
