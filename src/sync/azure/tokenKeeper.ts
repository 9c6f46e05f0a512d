import * as l10n from '@vscode/l10n';
import type { AzureClock, AzureCredential } from './azureModule';
import { AzureError, AzureSignInError } from './azureErrors';
import { expiryOf } from './tokenExpiry';

/** How long before its end a token is made anew. */
const MARGIN_MS = 2 * 60_000;

type Arguments = Parameters<AzureCredential['getToken']>;

/**
 * A credential that keeps its token until shortly before its end, for Azure's SDK. It tells the SDK that each token has
 * ended already, so that it asks before each request and waits for the answer. Left to itself the SDK renews in the
 * background, where a failure is an unhandled rejection, and never renews a token whose end it does not know.
 */
export function keepToken(credential: AzureCredential, clock: Pick<AzureClock, 'now'>): AzureCredential {
  let kept: { readonly token: string; readonly endsAt: number } | undefined;
  let asked: Promise<string> | undefined;

  const renew = async (...request: Arguments): Promise<string> => {
    const { token, expiresOnTimestamp: end } = await signIn(credential, ...request);
    kept = { token, endsAt: Number.isFinite(end) && end > 0 ? end : expiryOf(token, clock.now()) };
    return token;
  };

  const current = async (...request: Arguments): Promise<string> => {
    if (request[1]?.claims !== undefined) {
      // The service wants more than the kept token proves.
      return renew(...request);
    }
    if (kept !== undefined && kept.endsAt - MARGIN_MS > clock.now()) {
      return kept.token;
    }
    asked ??= renew(...request).finally(() => {
      asked = undefined;
    });
    return asked;
  };

  return {
    getToken: async (...request) => ({ token: await current(...request), expiresOnTimestamp: 0 }),
  };
}

async function signIn(
  credential: AzureCredential,
  ...request: Arguments
): Promise<NonNullable<Awaited<ReturnType<AzureCredential['getToken']>>>> {
  let answer: Awaited<ReturnType<AzureCredential['getToken']>>;
  try {
    answer = await credential.getToken(...request);
  } catch (error) {
    if (error instanceof AzureError) {
      throw error;
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new AzureSignInError(l10n.t('The sign-in to Azure failed: {0}', reason), { cause: error });
  }
  if (answer === null || answer.token === '') {
    throw new AzureSignInError(l10n.t('Nobody is signed in to Azure. Sign in again.'));
  }
  return answer;
}
