import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCredential, secretPlace } from '../../../src/cli/credentials';
import type { CredentialSource, Instance } from '../../../src/store/instances/instance';

const instance = (credential?: CredentialSource): Instance => ({
  id: 1,
  name: 'fasgpt',
  url: 'https://fasgpt.example',
  enabled: true,
  credential,
});
const fromEnvironment = instance({ kind: 'environment', variable: 'FASGPT_KEY' });

describe('readCredential', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'credentials-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function keyFile(content: string, mode: number): Instance {
    const path = join(folder, 'key');
    writeFileSync(path, content);
    chmodSync(path, mode);
    return instance({ kind: 'file', path });
  }

  it('reads an API key or a token from the environment', () => {
    assert.deepEqual(readCredential(fromEnvironment, { FASGPT_KEY: ' sk-1 ' }), {
      kind: 'apiKey',
      value: 'sk-1',
    });
    assert.deepEqual(readCredential(fromEnvironment, { FASGPT_KEY: 'eyJ.x' }), {
      kind: 'token',
      value: 'eyJ.x',
    });
  });

  it('names the variable that is not set', () => {
    assert.throws(() => readCredential(fromEnvironment, {}), /variable FASGPT_KEY.*is not set/);
  });

  it('reads a file that is its owner’s alone', () => {
    assert.equal(readCredential(keyFile('sk-2\n', 0o600), {}).value, 'sk-2');
  });

  it('refuses a file that others can read, and one that is empty', function () {
    if (process.platform === 'win32') {
      this.skip();
    }
    assert.throws(() => readCredential(keyFile('sk-2', 0o640), {}), /chmod 600/);
    assert.throws(() => readCredential(keyFile(' \n', 0o600), {}), /is empty/);
  });

  it('says the same of a file that is not there and of one that is a folder', () => {
    // Nobody is told to take the rights of a folder away.
    chmodSync(folder, 0o755);
    for (const path of [join(folder, 'none'), folder]) {
      assert.throws(() => readCredential(instance({ kind: 'file', path }), {}), {
        name: 'CliError',
        message: /^The key file .+ cannot be read \(E\w+\)\. Check the path\.$/,
      });
    }
  });

  it('says what to do about a key that only the editor has', () => {
    assert.throws(() => readCredential(instance(), {}), /instances set-key fasgpt --key-env VAR/);
  });
});

describe('the place of a secret', () => {
  it('is no secret that was typed by mistake, which is not repeated', () => {
    for (const name of ['key', 'password', 'secret', 'token'] as const) {
      const typed = 'a-secret-of-32-characters-or-more';
      assert.throws(
        () => secretPlace(name, { variable: typed, file: undefined }),
        (error: Error) => error.message.includes(`not the ${name}.`) && !error.message.includes(typed),
      );
    }
  });

  it('is one: a variable, a file, or none', () => {
    assert.equal(secretPlace('token', { variable: undefined, file: undefined }), undefined);
    assert.deepEqual(secretPlace('token', { variable: 'TOKEN', file: undefined }), {
      kind: 'environment',
      variable: 'TOKEN',
    });
    assert.throws(
      () => secretPlace('token', { variable: 'TOKEN', file: 'token.txt' }),
      /either --token-env VAR or --token-file PATH\.$/,
    );
  });
});
