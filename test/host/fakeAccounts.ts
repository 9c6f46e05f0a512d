import * as vscode from 'vscode';
import { tokenOf } from '../../src/sample/azure/tokens';

/** How the editor was asked for a session. */
export interface AskedSession {
  readonly provider: string;
  readonly scopes: readonly string[];
  readonly isSilent: boolean;
}

/** Stands in for the editor's Microsoft accounts: somebody is signed in, or nobody. */
export class FakeAccounts {
  readonly asked: AskedSession[] = [];
  isSignedIn = true;
  readonly #original = vscode.authentication.getSession;
  readonly #api = vscode.authentication as unknown as Record<string, unknown>;

  /** @param ownTenant of whoever is signed in @param now ms since 1970 */
  constructor(
    private readonly ownTenant: string,
    private readonly now: () => number,
  ) {
    this.#api['getSession'] = (
      provider: string,
      scopes: readonly string[],
      options: vscode.AuthenticationGetSessionOptions,
    ) => Promise.resolve(this.#session(provider, scopes, options));
  }

  /** Gives the accounts back to the editor. */
  restore(): void {
    this.#api['getSession'] = this.#original;
  }

  #session(
    provider: string,
    scopes: readonly string[],
    { silent = false, createIfNone }: vscode.AuthenticationGetSessionOptions,
  ): vscode.AuthenticationSession | undefined {
    this.asked.push({ provider, scopes, isSilent: silent });
    // A person who is asked signs in.
    this.isSignedIn ||= createIfNone === true;
    const [audience = ''] = scopes;
    const tenant = scopes.flatMap((scope) => /^VSCODE_TENANT:(.+)$/.exec(scope)?.[1] ?? [])[0];
    const tid = tenant === undefined || tenant === 'organizations' ? this.ownTenant : tenant;
    return this.isSignedIn
      ? {
          id: 'session-1',
          accessToken: tokenOf({ tid, aud: audience, exp: Math.floor(this.now() / 1000) + 3600 }),
          account: { id: 'account-1', label: 'ada@example.org' },
          scopes,
        }
      : undefined;
  }
}
