import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { askSecret, type SecretInput } from '../../../src/cli/askSecret';

/** A terminal on which somebody types, and what it was told. */
function terminal(): {
  readonly parts: SecretInput;
  readonly type: (...pieces: readonly (string | Buffer)[]) => void;
  readonly end: () => void;
  readonly cancel: AbortController;
  readonly said: string[];
  readonly modes: boolean[];
} {
  const keys = new EventEmitter();
  const said: string[] = [];
  const modes: boolean[] = [];
  const cancel = new AbortController();
  const input = Object.assign(keys, {
    setRawMode: (isRaw: boolean) => modes.push(isRaw),
    resume: () => undefined,
    pause: () => undefined,
  }) as unknown as SecretInput['input'];
  return {
    parts: { input, err: (text) => said.push(text), signal: cancel.signal, interrupt: () => cancel.abort() },
    type: (...pieces) => pieces.forEach((piece) => keys.emit('data', Buffer.from(piece))),
    end: () => keys.emit('end'),
    cancel,
    said,
    modes,
  };
}

async function typed(...pieces: readonly (string | Buffer)[]): Promise<string> {
  const { parts, type } = terminal();
  const answer = askSecret('Key: ', parts);
  type(...pieces);
  return answer;
}

describe('a secret that is asked for', () => {
  it('is what was typed, and is shown nowhere', async () => {
    const { parts, type, said, modes } = terminal();
    const answer = askSecret('Key: ', parts);
    type('sk-', 'ab', 'c', '\r');
    assert.equal(await answer, 'sk-abc');
    assert.deepEqual(said, ['Key: ', '\n']);
    assert.deepEqual(modes, [true, false]);
  });

  for (const [what, pieces, expected] of [
    ['a pasted line, without the marks around it', ['\u001b[200~ sk-abc\u001b[201~\n'], 'sk-abc'],
    ['what is left after corrections', ['sk-xy\u007f\u0008abc\r'], 'sk-abc'],
    ['what was typed after the line was cleared', ['sk-wrong\u0015sk-right\r'], 'sk-right'],
    ['no part of an arrow key', ['sk-a\u001b[Db\r'], 'sk-ab'],
    ['a letter that comes in two parts', [Buffer.from([0x73, 0xc3]), Buffer.from([0xa4, 0x0d])], 'sä'],
    ['nothing after the end of the input', ['\u0004'], ''],
  ] as const) {
    it(`is ${what}`, async () => {
      assert.equal(await typed(...pieces), expected);
    });
  }

  it('is cancelled by Ctrl+C, which the terminal makes no signal of', async () => {
    const { parts, type, modes } = terminal();
    const answer = askSecret('Key: ', parts);
    type('sk-a\u0003');
    await assert.rejects(answer, { name: 'AbortError' });
    assert.deepEqual(modes, [true, false], 'the terminal shows again what is typed');
  });

  it('is what was typed when the input ends', async () => {
    const { parts, type, end } = terminal();
    const answer = askSecret('Key: ', parts);
    type('sk-a');
    end();
    assert.equal(await answer, 'sk-a');
  });

  it('is not asked for after a signal to end', async () => {
    const { parts, cancel, said } = terminal();
    cancel.abort();
    await assert.rejects(askSecret('Key: ', parts), { name: 'AbortError' });
    assert.deepEqual(said, []);
  });
});
