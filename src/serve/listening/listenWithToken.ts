import type { RunningServer } from '../serversModule';
import { listen } from './listen';
import type { ListenWish } from './listenRules';
import { newToken } from './token';

/** A server before it listens. */
interface Served {
  readonly fetch: (request: Request) => Response | Promise<Response>;
  /** Ends what it answers from, before connections are closed. */
  readonly close: () => void | Promise<void>;
}

/**
 * Serves with the token that was chosen, or with one that is made and told once.
 * @param serve makes the server that asks for this token @param listening the sentence that tells where it is
 * @throws Error with the next step where it must not or cannot listen
 */
export async function listenWithToken(
  wish: ListenWish,
  tell: (sentence: string) => void,
  listening: (url: string) => string,
  serve: (token: string) => Served,
): Promise<RunningServer> {
  const token = wish.token ?? newToken();
  const served = serve(token);
  const listener = await listen(wish, (request) => served.fetch(request));
  tell(listening(listener.url));
  if (wish.token === undefined) {
    tell(`Token: ${token}`);
  }
  return {
    url: listener.url,
    // It listens until somebody closes it.
    ended: new Promise(() => undefined),
    close: async () => {
      await served.close();
      await listener.close();
    },
  };
}
