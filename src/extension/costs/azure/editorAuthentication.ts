import * as vscode from 'vscode';
import type { EditorAsking, EditorAuthentication } from './editorCredential';

/** The first version of VS Code whose accounts take Azure's challenges. */
const CHALLENGES_SINCE = [1, 105] as const;

const OPTIONS: Readonly<Record<EditorAsking, vscode.AuthenticationGetSessionOptions>> = {
  ask: { createIfNone: true },
  askAnew: { forceNewSession: true },
  silent: { silent: true },
};

/** A call that older declarations of the API do not know. */
type GetSession = (
  provider: string,
  request: Parameters<EditorAuthentication['getSession']>[0],
  options: vscode.AuthenticationGetSessionOptions,
) => Thenable<vscode.AuthenticationSession | undefined>;

/** VS Code's accounts of one provider. */
export function editorAuthentication(provider: string): EditorAuthentication {
  return {
    hasChallenges: isAtLeast(vscode.version, CHALLENGES_SINCE),
    getSession: async (request, asking, accountId) => {
      const account =
        accountId === undefined
          ? undefined
          : (await vscode.authentication.getAccounts(provider)).find(({ id }) => id === accountId);
      const options = { ...OPTIONS[asking], ...(account === undefined ? {} : { account }) };
      return (vscode.authentication.getSession as GetSession)(provider, request, options);
    },
  };
}

function isAtLeast(version: string, [major, minor]: readonly [number, number]): boolean {
  const [ownMajor = 0, ownMinor = 0] = version.split('.').map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}
