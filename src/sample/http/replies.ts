/** What a route answers: JSON, or text of another type. */
export type Reply =
  | { readonly kind: 'json'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'text'; readonly status: number; readonly contentType: string; readonly body: string };

/** The sentences of Open WebUI's errors, word for word. */
export const DETAIL = {
  notAuthenticated: 'Not authenticated',
  unreadableToken: '401 Unauthorized',
  invalidToken: 'Your session has expired or the token is invalid. Please sign in again.',
  prohibited:
    'You do not have permission to access this resource. Please contact your administrator for assistance.',
  notFound: "We could not find what you're looking for :/",
  humanSession: 'A human session is required.',
  keysOff: 'Use of API key is not enabled in the environment.',
  wrongPassword:
    'The email or password provided is incorrect. Please check for typos and try logging in again.',
  rateLimit: 'API rate limit exceeded',
  noMethod: 'Method Not Allowed',
} as const;

const WEB_APP = `<!doctype html>
<html lang="en">
	<head>
		<meta charset="utf-8" />
		<link rel="icon" type="image/png" href="/static/favicon.png" crossorigin="use-credentials" />
		<title>Open WebUI</title>
	</head>
	<body><div id="app"></div></body>
</html>
`;

export function json(body: unknown, status = 200): Reply {
  return { kind: 'json', status, body };
}

/** An error as FastAPI words it. */
export function failure(status: number, detail: unknown): Reply {
  return json({ detail }, status);
}

/** The web app, which answers every GET that no route takes. */
export function webApp(status = 200): Reply {
  return { kind: 'text', status, contentType: 'text/html; charset=utf-8', body: WEB_APP };
}

/** An exception inside the server. */
export function serverError(): Reply {
  return {
    kind: 'text',
    status: 500,
    contentType: 'text/plain; charset=utf-8',
    body: 'Internal Server Error',
  };
}

/** A parameter that did not parse. */
export function invalid(place: readonly string[], message: string): Reply {
  return failure(422, [{ type: 'value_error', loc: place, msg: message, input: null }]);
}
