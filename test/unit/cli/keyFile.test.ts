import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSecret } from '../../../src/cli/credentials';
import { askForKey, keepKey } from '../../../src/cli/keyFile';
import { removeKeyFile } from '../../../src/store/instances/keyFile';

const instance = { id: 7, name: 'fasgpt' };

describe('a key that the data folder keeps', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'key-file-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const path = (): string => join(folder, 'keys', '7.key');
  const answering = (answer: string) => ({ ask: () => Promise.resolve(answer) });

  it('is written after a question that names the file, readable by its owner alone', async () => {
    let question = '';
    const ask = (text: string): Promise<string> => {
      question = text;
      return Promise.resolve('y');
    };
    const source = await keepKey({ ask }, folder, instance, 'sk-1', {});
    assert.equal(question, `Keep the key of fasgpt in ${path()}, readable by you alone? [y/N] `);
    assert.deepEqual(source, { kind: 'file', path: path() });
    assert.equal(readSecret(source, {}, 'the key of fasgpt'), 'sk-1');
    if (process.platform !== 'win32') {
      assert.equal(statSync(path()).mode & 0o777, 0o600);
      assert.equal(statSync(join(folder, 'keys')).mode & 0o777, 0o700);
    }
  });

  it('is not written without a yes', async () => {
    await assert.rejects(keepKey(answering('n'), folder, instance, 'sk-1', {}), /Nothing was changed/);
    await assert.rejects(keepKey({ ask: undefined }, folder, instance, 'sk-1', {}), /Add --yes/);
    assert.deepEqual(readdirSync(folder), []);
  });

  it('takes the place of the one before as a whole', async () => {
    await keepKey(answering('y'), folder, instance, 'sk-1', {});
    await keepKey(answering('y'), folder, instance, 'sk-2', {});
    assert.equal(readFileSync(path(), 'utf8'), 'sk-2\n');
    assert.deepEqual(readdirSync(join(folder, 'keys')), ['7.key']);
  });

  it('can be removed, twice too', async () => {
    await keepKey(answering('y'), folder, instance, 'sk-1', {});
    removeKeyFile(folder, instance);
    assert.equal(existsSync(path()), false);
    removeKeyFile(folder, instance);
  });

  it('is asked for by name, and an empty answer is none', async () => {
    const asked: string[] = [];
    const askSecret = (question: string): Promise<string> => {
      asked.push(question);
      return Promise.resolve('');
    };
    await assert.rejects(askForKey({ askSecret }, 'fasgpt'), /No key was typed/);
    assert.match(asked[0] ?? '', /^API key of fasgpt/);
    assert.equal(await askForKey({ askSecret: undefined }, 'fasgpt'), undefined);
  });
});
