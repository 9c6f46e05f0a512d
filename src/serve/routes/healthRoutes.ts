import { syncHealthText } from '../syncHealth';
import { route } from './route';

/** Whether the server answers, and nothing else: for watchdogs without a token. */
export const healthzRoute = route({
  method: 'get',
  path: '/healthz',
  operationId: 'isAlive',
  summary: 'Whether the server answers',
  input: {},
  answer: { contentType: 'text/plain; charset=utf-8' },
  problems: [],
  isOpen: true,
  run: () => Promise.resolve({ contentType: 'text/plain; charset=utf-8', body: 'ok\n' }),
});

export const prometheusRoute = route({
  method: 'get',
  path: '/metrics',
  operationId: 'getSyncHealth',
  summary: 'Health of syncs for Prometheus',
  input: {},
  answer: { contentType: 'text/plain; version=0.0.4; charset=utf-8' },
  problems: ['unavailable'],
  run: async (_input, { mirror, now }) => {
    const [{ instances }, status] = await Promise.all([mirror.instances(), mirror.status()]);
    return {
      contentType: 'text/plain; version=0.0.4; charset=utf-8',
      body: await syncHealthText(instances, status, Math.floor(now / 1000)),
    };
  },
});
