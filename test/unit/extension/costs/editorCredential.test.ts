import assert from 'node:assert/strict';
import { editorProviderOf, olderScopes } from '../../../../src/extension/costs/azure/editorClouds';
import {
  EditorCredential,
  type EditorAuthentication,
  type EditorCredentialParts,
  type EditorSession,
} from '../../../../src/extension/costs/azure/editorCredential';
import { CancelledError } from '../../../../src/extension/errors';
import { AzureSignInError } from '../../../../src/sync/azure/azureErrors';

const SCOPE = 'https://management.azure.com/.default';
const OLDER = 'https://management.core.windows.net/.default';
const TENANT = '11111111-1111-1111-1111-111111111111';
const NOW = 1_800_000_000_000;

type Call = Parameters<EditorAuthentication['getSession']>;

/** An editor that answers each call in turn: a session, nobody (undefined), or a failure. */
function editor(...answers: readonly (EditorSession | Error | undefined)[]) {
  const calls: Call[] = [];
  const authentication: EditorAuthentication = {
    hasChallenges: true,
    getSession: (...call) => {
      calls.push(call);
      const answer = answers[Math.min(calls.length, answers.length) - 1];
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
  };
  return { calls, authentication };
}

function aSession(overrides: Partial<EditorSession> = {}): EditorSession {
  return { accessToken: 'opaque', account: { id: 'a-1', label: 'ada@example.org' }, ...overrides };
}

/** A token as Azure makes them, unsigned. */
function jwt(claims: unknown): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part(claims)}.`;
}

function credential(
  authentication: EditorAuthentication,
  overrides: Partial<EditorCredentialParts> = {},
): EditorCredential {
  return new EditorCredential({
    authentication,
    tenantId: TENANT,
    isInteractive: false,
    now: () => NOW,
    ...overrides,
  });
}

describe('the Microsoft account of the editor as a credential of Azure', () => {
  it('always names the tenant, so that guests get a token of it', async () => {
    const { calls, authentication } = editor(aSession());
    await credential(authentication).getToken(SCOPE);
    assert.deepEqual(calls, [[[SCOPE, `VSCODE_TENANT:${TENANT}`], 'silent', undefined]]);
  });

  it('asks for the tenant that Azure names instead of its own', async () => {
    const { calls, authentication } = editor(aSession());
    await credential(authentication).getToken(SCOPE, { tenantId: 'other' });
    assert.deepEqual(calls[0]?.[0], [SCOPE, 'VSCODE_TENANT:other']);
  });

  it('makes one call of the editor for requests at the same time', async () => {
    const { calls, authentication } = editor(aSession());
    const shared = credential(authentication);
    const tokens = await Promise.all([1, 2, 3].map(() => shared.getToken(SCOPE)));
    assert.deepEqual(
      tokens.map(({ token }) => token),
      ['opaque', 'opaque', 'opaque'],
    );
    assert.equal(calls.length, 1);
  });

  it('keeps no token: the editor is asked again', async () => {
    const { calls, authentication } = editor(aSession());
    const kept = credential(authentication);
    await kept.getToken(SCOPE);
    await kept.getToken(SCOPE);
    assert.equal(calls.length, 2);
  });

  it('knows who signed in, and asks for the account that is meant', async () => {
    const { calls, authentication } = editor(aSession());
    const named = credential(authentication, { accountId: 'a-1' });
    assert.equal(named.account, undefined);
    await named.getToken(SCOPE);
    assert.deepEqual(named.account, { id: 'a-1', label: 'ada@example.org' });
    assert.equal(calls[0]?.[2], 'a-1');
  });

  it('says when a token ends: as the session says, else as the token does, else in five minutes; never no number', async () => {
    const endOf = async (session: EditorSession) =>
      (await credential(editor(session).authentication).getToken(SCOPE)).expiresOnTimestamp - NOW;
    assert.equal(await endOf(aSession({ expiresIn: 1200 })), 1_200_000);
    assert.equal(await endOf(aSession({ accessToken: jwt({ exp: NOW / 1000 + 3600 }) })), 3_600_000);
    assert.equal(await endOf(aSession()), 300_000);
    assert.equal(await endOf(aSession({ expiresIn: Number.NaN })), 300_000);
    assert.equal(await endOf(aSession({ accessToken: jwt({ exp: 'soon' }) })), 300_000);
  });

  it('asks a person only where one waits', async () => {
    const { calls, authentication } = editor(aSession());
    await credential(authentication, { isInteractive: true }).getToken(SCOPE);
    await credential(authentication, { isInteractive: false }).getToken(SCOPE);
    assert.deepEqual(
      calls.map(([, asking]) => asking),
      ['ask', 'silent'],
    );
  });

  it('says in the background what a person has to do', async () => {
    const { authentication } = editor(undefined);
    await assert.rejects(credential(authentication).getToken(SCOPE), (error: Error) => {
      assert.ok(error instanceof AzureSignInError);
      assert.match(error.message, /Sign in to Azure again: run Sign In to Azure/);
      return true;
    });
  });

  it('takes it for a cancel, and asks no second time, when a person closes the dialog', async () => {
    const { calls, authentication } = editor(new Error('User did not consent to login.'));
    await assert.rejects(
      credential(authentication, { isInteractive: true }).getToken(SCOPE),
      (error) => error instanceof CancelledError,
    );
    assert.equal(calls.length, 1);
  });

  it('tries the older name of the audience, and stays with it once it worked', async () => {
    const { calls, authentication } = editor(new Error('AADSTS500011'), aSession());
    const older = credential(authentication);
    await older.getToken(SCOPE);
    await older.getToken(SCOPE);
    assert.deepEqual(
      calls.map(([request]) => (request as readonly string[])[0]),
      [SCOPE, OLDER, OLDER],
    );
  });

  it('tells the first failure when both names fail', async () => {
    const { authentication } = editor(new Error('AADSTS50105: no access'), new Error('AADSTS500011'));
    await assert.rejects(credential(authentication).getToken(SCOPE), /AADSTS50105: no access/);
  });

  it('hands a challenge of Azure on in the form that the editor takes', async () => {
    const { calls, authentication } = editor(aSession());
    await credential(authentication).getToken(SCOPE, { claims: '{"access_token":{"nbf":1}}' });
    assert.deepEqual(calls[0]?.[0], {
      wwwAuthenticate: `Bearer claims="${Buffer.from('{"access_token":{"nbf":1}}').toString('base64')}"`,
      fallbackScopes: [SCOPE, `VSCODE_TENANT:${TENANT}`],
    });
  });

  it('signs in anew for a challenge where the editor takes none, and fails where nobody waits', async () => {
    const { calls, authentication } = editor(aSession());
    const old = { ...authentication, hasChallenges: false };
    await credential(old, { isInteractive: true }).getToken(SCOPE, { claims: '{}' });
    assert.deepEqual(calls, [[[SCOPE, `VSCODE_TENANT:${TENANT}`], 'askAnew', undefined]]);
    await assert.rejects(
      credential(old).getToken(SCOPE, { claims: '{}' }),
      (error) => error instanceof AzureSignInError,
    );
    assert.equal(calls.length, 1);
  });
});

describe('accounts of the editor for a cloud', () => {
  it('are those of its Microsoft provider for the public cloud', () => {
    assert.equal(editorProviderOf('public', undefined), 'microsoft');
    assert.equal(editorProviderOf('public', 'ChinaCloud'), 'microsoft');
  });

  it('are of the provider for country clouds where that one is set to this cloud, else there are none', () => {
    assert.equal(editorProviderOf('usGov', 'USGovernment'), 'microsoft-sovereign-cloud');
    assert.equal(editorProviderOf('china', 'ChinaCloud'), 'microsoft-sovereign-cloud');
    assert.equal(editorProviderOf('usGov', 'ChinaCloud'), undefined);
    assert.equal(editorProviderOf('china', undefined), undefined);
  });

  it('know an older name of each cloud, and of nothing else', () => {
    assert.deepEqual(olderScopes([SCOPE]), [OLDER]);
    assert.deepEqual(olderScopes(['https://management.usgovcloudapi.net/.default']), [
      'https://management.core.usgovcloudapi.net/.default',
    ]);
    assert.equal(olderScopes([OLDER]), undefined);
    assert.equal(olderScopes(['https://management.azure.com.example.org/.default']), undefined);
  });
});
