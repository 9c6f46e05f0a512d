import * as l10n from '@vscode/l10n';
import { AzureSignInError } from '../../../sync/azure/azureErrors';
import type { AzureCredential, AzureTokenOptions } from '../../../sync/azure/azureModule';
import { expiryOf } from '../../../sync/azure/tokenExpiry';
import { CancelledError, isCancel } from '../../errors';
import { olderScopes } from './editorClouds';

/** A session of the editor, as far as a credential needs it. */
export interface EditorSession {
  readonly accessToken: string;
  readonly account: EditorAccount;
  /** Seconds until the token ends; newer versions of VS Code tell it. */
  readonly expiresIn?: unknown;
}

export interface EditorAccount {
  readonly id: string;
  readonly label: string;
}

/** Azure's answer that a token is not enough any more, as VS Code takes it from 1.105 on. */
export interface EditorChallenge {
  readonly wwwAuthenticate: string;
  readonly fallbackScopes: readonly string[];
}

/** Whether the editor may ask a person: `ask` as needed, `askAnew` in any case, `silent` never. */
export type EditorAsking = 'ask' | 'askAnew' | 'silent';

/** What a credential needs of `vscode.authentication`. */
export interface EditorAuthentication {
  /** Whether {@link EditorChallenge} is understood. */
  readonly hasChallenges: boolean;
  /** @param accountId an account that is meant; else the one that the person chose for this extension */
  getSession(
    request: readonly string[] | EditorChallenge,
    asking: EditorAsking,
    accountId: string | undefined,
  ): PromiseLike<EditorSession | undefined>;
}

export interface EditorCredentialParts {
  readonly authentication: EditorAuthentication;
  /** `organizations`: the person's own. */
  readonly tenantId: string;
  readonly accountId?: string | undefined;
  /** Whether a person waits for it and may be asked. */
  readonly isInteractive: boolean;
  /** ms since 1970. */
  readonly now: () => number;
}

/** What the editor says when a person closes its dialog. */
const REFUSED_BY_PERSON = /did not consent|user cancel/iu;

/**
 * The Microsoft account of the editor as Azure's clients want it. No token is kept here or written anywhere: the editor has it,
 * and the clients ask again before it ends.
 */
export class EditorCredential implements AzureCredential {
  /** Requests for the same token that wait for one answer. */
  readonly #asked = new Map<string, Promise<EditorSession>>();
  #account: EditorAccount | undefined;
  /** Whether this tenant knows Azure's management by its older name only. */
  #isOlder = false;

  constructor(private readonly parts: EditorCredentialParts) {}

  /** Who signed in; undefined before the first token. */
  get account(): EditorAccount | undefined {
    return this.#account;
  }

  /** @throws AzureSignInError when somebody has to sign in first, CancelledError when they did not want to */
  async getToken(
    scopes: string | string[],
    options: AzureTokenOptions = {},
  ): Promise<{ readonly token: string; readonly expiresOnTimestamp: number }> {
    const wanted = typeof scopes === 'string' ? [scopes] : scopes;
    const key = JSON.stringify([wanted, options.claims, options.tenantId]);
    const asked = this.#asked.get(key) ?? this.#ask(wanted, options);
    this.#asked.set(key, asked);
    try {
      const session = await asked;
      this.#account = session.account;
      return { token: session.accessToken, expiresOnTimestamp: endOf(session, this.parts.now()) };
    } finally {
      this.#asked.delete(key);
    }
  }

  async #ask(scopes: readonly string[], options: AzureTokenOptions): Promise<EditorSession> {
    const older = olderScopes(scopes);
    if (older === undefined) {
      return this.#session(scopes, options);
    }
    const [first, second] = this.#isOlder ? [older, scopes] : [scopes, older];
    try {
      return await this.#session(first, options);
    } catch (error) {
      if (isCancel(error)) {
        throw error;
      }
      // The first failure says more about what is wrong than that of a name which few tenants need.
      const session = await this.#session(second, options).catch((again: unknown) => {
        throw isCancel(again) ? again : error;
      });
      this.#isOlder = !this.#isOlder;
      return session;
    }
  }

  async #session(scopes: readonly string[], { claims, tenantId }: AzureTokenOptions): Promise<EditorSession> {
    const { authentication, accountId, isInteractive } = this.parts;
    // Without its tenant a guest gets a token of their own, which Azure refuses.
    const inTenant = [...scopes, `VSCODE_TENANT:${tenantId ?? this.parts.tenantId}`];
    const isChallenged = claims !== undefined;
    const request = isChallenged && authentication.hasChallenges ? challengeOf(claims, inTenant) : inTenant;
    const asking: EditorAsking = isInteractive
      ? isChallenged && !authentication.hasChallenges
        ? 'askAnew'
        : 'ask'
      : 'silent';
    if (isChallenged && !authentication.hasChallenges && !isInteractive) {
      // The editor would hand out the same token again.
      throw signInAgain(undefined);
    }
    try {
      const session = await authentication.getSession(request, asking, accountId);
      if (session !== undefined) {
        return session;
      }
    } catch (error) {
      if (isCancel(error) || (error instanceof Error && REFUSED_BY_PERSON.test(error.message))) {
        throw new CancelledError();
      }
      throw signInAgain(error);
    }
    throw signInAgain(undefined);
  }
}

/** When a session's token ends, ms since 1970: as the session says, else as the token does. */
function endOf({ accessToken, expiresIn }: EditorSession, now: number): number {
  const isTold = typeof expiresIn === 'number' && Number.isFinite(expiresIn) && expiresIn > 0;
  return isTold ? now + expiresIn * 1000 : expiryOf(accessToken, now);
}

function challengeOf(claims: string, fallbackScopes: readonly string[]): EditorChallenge {
  const encoded = Buffer.from(claims, 'utf8').toString('base64');
  return { wwwAuthenticate: `Bearer claims="${encoded}"`, fallbackScopes };
}

function signInAgain(cause: unknown): AzureSignInError {
  const message =
    cause instanceof Error && cause.message.trim() !== ''
      ? l10n.t('Sign in to Azure again: run Sign In to Azure. The editor says: {0}', cause.message.trim())
      : l10n.t('Sign in to Azure again: run Sign In to Azure.');
  return new AzureSignInError(message, { cause });
}
