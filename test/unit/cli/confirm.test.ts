import assert from 'node:assert/strict';
import { confirm } from '../../../src/cli/confirm';
import { CliError, EXIT } from '../../../src/cli/exitCodes';

const answering = (answer: string) => ({ ask: () => Promise.resolve(answer) });
const endsWith = (exitCode: number) => (error: unknown) =>
  error instanceof CliError &&
  error.exitCode === exitCode &&
  error.message.startsWith('Nothing was changed.');

describe('a question before something that cannot be undone', () => {
  for (const answer of ['y', 'Y', ' yes ', 'YES']) {
    it(`goes on after "${answer}"`, async () => {
      await confirm(answering(answer), 'Erase?', {});
    });
  }

  for (const answer of ['', 'n', 'no', 'maybe', 'yesterday']) {
    it(`changes nothing after "${answer}"`, async () => {
      await assert.rejects(confirm(answering(answer), 'Erase?', {}), endsWith(EXIT.cancelled));
    });
  }

  it('is not asked when it was answered beforehand', async () => {
    await confirm({ ask: () => Promise.reject(new Error('asked')) }, 'Erase?', { yes: true });
  });

  it('needs --yes where nobody can answer', async () => {
    await assert.rejects(confirm({ ask: undefined }, 'Erase?', {}), endsWith(EXIT.usage));
  });

  it('says that no is what stands for an empty line', async () => {
    let asked = '';
    const ask = (question: string): Promise<string> => {
      asked = question;
      return Promise.resolve('y');
    };
    await confirm({ ask }, 'Erase Ada?', {});
    assert.equal(asked, 'Erase Ada? [y/N] ');
  });
});
