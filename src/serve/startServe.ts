import { createApi } from './api';
import { listenWithToken } from './listening/listenWithToken';
import { openMirror } from './mirror';
import { ROUTES } from './routes/allRoutes';
import type { RunningServer, ServeOptions } from './serversModule';

/** Starts the HTTP API. @throws Error with the next step where it must not or cannot listen */
export function startServe(options: ServeOptions): Promise<RunningServer> {
  const { listen: wish, tell, version, timeLimitMs } = options;
  const mirror = openMirror(options);
  return listenWithToken(
    wish,
    tell,
    (url) => `Listening on ${url}. It only reads.`,
    (token) => {
      const api = createApi(ROUTES, { mirror, token, host: wish.host, version, tell, timeLimitMs });
      return { fetch: (request) => api.fetch(request), close: () => mirror.close() };
    },
  );
}
