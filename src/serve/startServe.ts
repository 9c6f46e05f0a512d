import { createApi } from './api';
import { listen } from './listening/listen';
import { newToken } from './listening/token';
import { openMirror } from './mirror';
import { ROUTES } from './routes/allRoutes';
import type { RunningServer, ServeOptions } from './serversModule';

/** Starts the HTTP API. @throws Error with the next step where it must not or cannot listen */
export async function startServe(options: ServeOptions): Promise<RunningServer> {
  const { listen: wish, tell, version, timeLimitMs } = options;
  const token = wish.token ?? newToken();
  const mirror = openMirror(options);
  const api = createApi(ROUTES, { mirror, token, host: wish.host, version, tell, timeLimitMs });
  const listener = await listen(wish, (request) => api.fetch(request));
  tell(`Listening on ${listener.url}. It only reads.`);
  if (wish.token === undefined) {
    tell(`Token: ${token}`);
  }
  return {
    url: listener.url,
    // It listens until somebody closes it.
    ended: new Promise(() => undefined),
    close: async () => {
      mirror.close();
      await listener.close();
    },
  };
}
