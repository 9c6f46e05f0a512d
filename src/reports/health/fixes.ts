import type { Value } from '../format';

/** Why a kind of data cannot be read and what helps, by the code that the sync noted. */
const REFUSALS: Readonly<Record<string, { readonly why: string; readonly fix: string }>> = {
  chatAccessOff: {
    why: 'No administrator may read chats.',
    fix: 'Set ENABLE_ADMIN_CHAT_ACCESS on the server, then run Sync.',
  },
  endpointNotAllowed: {
    why: 'The key may not use this path.',
    fix: "Add the path to the server's list of endpoints that API keys may use, then run Sync.",
  },
  forbidden: {
    why: 'The account may not read it.',
    fix: "Use an administrator's key: Edit Instance..., then run Sync.",
  },
  unsupported: {
    why: 'This version of Open WebUI has none.',
    fix: 'Nothing to do; it is looked for again after the server is updated.',
  },
  htmlInsteadOfJson: {
    why: 'A web page comes instead of data.',
    fix: 'Look for a sign-in page or proxy in front of the server and let the path through.',
  },
  unexpectedAnswer: {
    why: 'The answer is in a form that is not known.',
    fix: 'Update OpenWebUI Sync; report it when it stays.',
  },
  badRequest: {
    why: 'The server did not understand the request.',
    fix: 'Update OpenWebUI Sync; report it when it stays.',
  },
  endlessList: { why: 'The list has no end.', fix: 'Report it; nothing was deleted.' },
};

/** What to say of a code that a newer version may have noted. */
const OTHER_FIX = 'Run Sync; when it stays, see Show Log.';

/** In a few words why a kind of data cannot be read; the code itself where there are none. */
export function whyRefused(code: Value): string {
  return REFUSALS[String(code)]?.why ?? String(code);
}

/** The next step for a kind of data that cannot be read. */
export function fixOfRefusal(code: Value): string {
  return REFUSALS[String(code)]?.fix ?? OTHER_FIX;
}
