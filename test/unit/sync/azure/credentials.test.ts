import {
  createHttpHeaders,
  type HttpClient,
  type PipelineRequest,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';
import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AzureError, AzureSignInError } from '../../../../src/sync/azure/azureErrors';
import type { CredentialOrder } from '../../../../src/sync/azure/azureModule';
import { createCredential } from '../../../../src/sync/azure/credentials';

const SCOPE = 'https://management.azure.com/.default';
const TENANT = '11111111-2222-3333-4444-555555555555';
const SECRET = 'the-secret-value';
const APPLICATION: CredentialOrder = { kind: 'clientSecret', clientId: 'app-1', secret: SECRET };

/** Runs with other variables of the environment; undefined: without it. */
async function withEnvironment(
  changes: Readonly<Record<string, string | undefined>>,
  check: () => Promise<void> | void,
): Promise<void> {
  const before = { ...process.env };
  const set = (variables: Readonly<Record<string, string | undefined>>): void => {
    for (const [name, value] of Object.entries(variables)) {
      if (value === undefined) {
        Reflect.deleteProperty(process.env, name);
      } else {
        process.env[name] = value;
      }
    }
  };
  set(changes);
  try {
    await check();
  } finally {
    set(Object.fromEntries(Object.keys(changes).map((name) => [name, before[name]])));
  }
}

/** Entra ID as far as a sign-in of an application needs it: the SDK knows the addresses of each cloud itself. */
class SampleEntra implements HttpClient {
  readonly hosts = new Set<string>();
  readonly bodies: string[] = [];

  constructor(private readonly answer: { readonly status: number; readonly body: unknown }) {}

  sendRequest(request: PipelineRequest): Promise<PipelineResponse> {
    this.hosts.add(new URL(request.url).host);
    if (typeof request.body === 'string') {
      this.bodies.push(request.body);
    }
    return Promise.resolve({
      request,
      status: this.answer.status,
      headers: createHttpHeaders({ 'content-type': 'application/json' }),
      bodyAsText: JSON.stringify(this.answer.body),
    });
  }
}

function refusal(code: string): { readonly status: number; readonly body: unknown } {
  return {
    status: 401,
    body: { error: 'invalid_client', error_description: `${code}: Something is wrong. Trace ID: 1` },
  };
}

/** A network where nothing answers. */
const OFFLINE: HttpClient = {
  sendRequest: () =>
    Promise.reject(Object.assign(new Error('getaddrinfo ENOTFOUND login'), { code: 'ENOTFOUND' })),
};

async function failureOf(
  order: CredentialOrder,
  httpClient?: HttpClient,
  tenant = TENANT,
): Promise<AzureError> {
  try {
    await createCredential(order, tenant, 'public', httpClient).getToken(SCOPE);
  } catch (error) {
    assert.ok(error instanceof AzureError, String(error));
    assert.ok(!error.message.includes(SECRET));
    return error;
  }
  return assert.fail('a token was given');
}

describe('the sign-in of an application', () => {
  it('asks the tenant’s authority for a token', async () => {
    const entra = new SampleEntra({
      status: 200,
      body: { token_type: 'Bearer', expires_in: 3600, access_token: 'token-of-app' },
    });
    const token = await createCredential(APPLICATION, TENANT, 'public', entra).getToken(SCOPE);
    assert.equal(token?.token, 'token-of-app');
    assert.ok(token.expiresOnTimestamp > Date.now());
    assert.deepEqual([...entra.hosts], ['login.microsoftonline.com']);
    assert.match(entra.bodies.join(), /client_id=app-1/u);
  });

  it('goes to the authority of the cloud, whatever the environment names', async () => {
    await withEnvironment(
      {
        AZURE_AUTHORITY_HOST: 'https://login.elsewhere.example',
        AZURE_CLIENT_ID: 'another-app',
        AZURE_CLIENT_SECRET: 'another-secret',
        AZURE_TENANT_ID: '99999999-9999-9999-9999-999999999999',
      },
      async () => {
        for (const [cloud, host] of [
          ['public', 'login.microsoftonline.com'],
          ['usGov', 'login.microsoftonline.us'],
          ['china', 'login.partner.microsoftonline.cn'],
        ] as const) {
          const entra = new SampleEntra(refusal('AADSTS7000215'));
          await assert.rejects(createCredential(APPLICATION, TENANT, cloud, entra).getToken(SCOPE));
          assert.deepEqual([...entra.hosts], [host]);
          assert.match(entra.bodies.join(), /client_id=app-1/u);
        }
      },
    );
  });

  for (const [code, words] of [
    ['AADSTS7000215', /The client secret is wrong\. Enter the value of the secret, not its ID\./u],
    ['AADSTS7000222', /The client secret has expired/u],
    ['AADSTS700016', new RegExp(`The tenant ${TENANT} does not know the application`, 'u')],
    ['AADSTS90002', new RegExp(`There is no tenant ${TENANT}`, 'u')],
    ['AADSTS65001', /The sign-in to Azure failed: .*AADSTS65001/u],
  ] as const) {
    it(`says what is wrong: ${code}`, async () => {
      const error = await failureOf(APPLICATION, new SampleEntra(refusal(code)));
      assert.ok(error instanceof AzureSignInError);
      assert.match(error.message, words);
    });
  }

  it('blames the network when there is none, not the secret', async () => {
    const error = await failureOf(APPLICATION, OFFLINE);
    assert.equal(error.kind, 'network');
    assert.equal(
      error.message,
      'login.microsoftonline.com cannot be reached. Check the network, VPN or proxy.',
    );
  });

  it('says what is missing before it asks anybody', () => {
    for (const [order, tenant, words] of [
      [{ ...APPLICATION, secret: '' }, TENANT, /client secret is missing/u],
      [{ ...APPLICATION, clientId: ' ' }, TENANT, /client ID of the application/u],
      [APPLICATION, '', /Name the tenant/u],
      [APPLICATION, 'contoso; rm', /"contoso; rm" is no tenant/u],
    ] as const) {
      assert.throws(
        () => createCredential(order, tenant, 'public', OFFLINE),
        (error: unknown) => error instanceof AzureSignInError && words.test(error.message),
      );
    }
  });
});

describe('the sign-in of the Azure CLI', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'az-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** Puts an `az` on the path that does this. */
  async function withAz(script: string, check: () => Promise<void>): Promise<void> {
    const file = join(folder, 'az');
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
    await withEnvironment({ PATH: `${folder}:/bin:/usr/bin` }, check);
  }

  it('is the token that az gives for the tenant', async () => {
    const answer = JSON.stringify({ accessToken: 'token-of-az', expires_on: 4_102_444_800 });
    await withAz(`echo "$@" > '${folder}/asked'; echo '${answer}'`, async () => {
      const token = await createCredential({ kind: 'azureCli' }, TENANT, 'public').getToken(SCOPE);
      assert.deepEqual([token?.token, token?.expiresOnTimestamp], ['token-of-az', 4_102_444_800_000]);
      assert.match(readFileSync(join(folder, 'asked'), 'utf8'), new RegExp(`--tenant ${TENANT}`, 'u'));
    });
  });

  it('says that there is no az', async () => {
    await withEnvironment({ PATH: folder }, async () => {
      const error = await failureOf({ kind: 'azureCli' });
      assert.ok(error instanceof AzureSignInError);
      assert.match(error.message, /^The Azure CLI was not found\. Install it, run "az login"/u);
    });
  });

  for (const [script, words] of [
    [`echo "ERROR: Please run 'az login' to setup account." >&2; exit 1`, /Run "az login", then try again/u],
    [
      `echo "AADSTS50076: Due to a configuration change you must use multi-factor authentication." >&2; exit 1`,
      new RegExp(`second factor\\. Run "az login --tenant ${TENANT}"`, 'u'),
    ],
    ['exit 1', /The Azure CLI did not answer in time/u],
    ['echo "ERROR: the disk is full" >&2; exit 1', /The sign-in to Azure failed: ERROR: the disk is full/u],
    [
      `echo "Failed to establish a new connection: [Errno -3] Temporary failure in name resolution" >&2; exit 1`,
      /cannot be reached\. Check the network/u,
    ],
  ] as const) {
    it(`says what az means by: ${script}`, async () => {
      await withAz(script, async () => {
        assert.match((await failureOf({ kind: 'azureCli' })).message, words);
      });
    });
  }

  it('needs no tenant, since az has one of its own', async () => {
    await withAz(`echo '{"accessToken":"t","expires_on":4102444800}'`, async () => {
      assert.equal((await createCredential({ kind: 'azureCli' }, '', 'public').getToken(SCOPE))?.token, 't');
    });
  });
});

describe('the sign-in of a machine', () => {
  const workload = {
    AZURE_TENANT_ID: TENANT,
    AZURE_CLIENT_ID: 'pod',
    AZURE_FEDERATED_TOKEN_FILE: '/var/run/secrets/token',
  };
  const bare = Object.fromEntries(Object.keys(workload).map((name) => [name, undefined]));

  it('by managed identity says when the machine has none', async () => {
    await withEnvironment(bare, async () => {
      const error = await failureOf({ kind: 'managedIdentity' }, OFFLINE);
      assert.ok(error instanceof AzureSignInError);
      assert.match(error.message, /no managed identity on this machine/u);
    });
  });

  it('by managed identity never becomes a workload identity because of the environment', async () => {
    await withEnvironment(workload, () => {
      assert.throws(
        () => createCredential({ kind: 'managedIdentity' }, TENANT, 'public', OFFLINE),
        /has a workload identity \(AZURE_FEDERATED_TOKEN_FILE is set\)\. Choose it by name/u,
      );
    });
  });

  it('by workload identity needs to be told which one', async () => {
    await withEnvironment(workload, () => {
      assert.throws(
        () => createCredential({ kind: 'workloadIdentity' }, TENANT, 'public', OFFLINE),
        /Name the client ID of the workload identity/u,
      );
    });
    await withEnvironment(bare, () => {
      assert.throws(
        () => createCredential({ kind: 'workloadIdentity', clientId: 'pod' }, TENANT, 'public', OFFLINE),
        /Name the file with the token of the workload identity/u,
      );
    });
  });

  it('by workload identity shows the token in its file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pod-'));
    const tokenFile = join(folder, 'token');
    writeFileSync(tokenFile, 'token-of-pod');
    const entra = new SampleEntra({
      status: 200,
      body: { token_type: 'Bearer', expires_in: 3600, access_token: 'token-of-azure' },
    });
    try {
      const order = { kind: 'workloadIdentity', clientId: 'pod', tokenFile } as const;
      const token = await createCredential(order, TENANT, 'public', entra).getToken(SCOPE);
      assert.equal(token?.token, 'token-of-azure');
      assert.match(entra.bodies.join(), /client_id=pod&.*client_assertion=token-of-pod/u);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('by workload identity says when its file cannot be read', async () => {
    const error = await failureOf(
      { kind: 'workloadIdentity', clientId: 'pod', tokenFile: '/does/not/exist' },
      new SampleEntra(refusal('AADSTS70021')),
    );
    assert.match(error.message, /file with the token of the workload identity cannot be read/u);
  });
});
