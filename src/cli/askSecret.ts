import { StringDecoder } from 'node:string_decoder';
import type { ReadStream } from 'node:tty';

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const CTRL_U = '\u0015';
const DELETES = new Set(['\u0008', '\u007f']);
const ENDS = new Set(['\r', '\n', CTRL_D]);
/** Arrow keys and the marks around pasted text. */
const ESCAPES = /\u001b(?:\[[0-9;]*[A-Za-z~]|O[A-Z]|.)/g;

/** What a secret is asked on. */
export interface SecretInput {
  readonly input: Pick<ReadStream, 'setRawMode' | 'on' | 'off' | 'resume' | 'pause'>;
  readonly err: (text: string) => void;
  readonly signal: AbortSignal;
  /** Does what Ctrl+C does elsewhere: a terminal that shows nothing makes no signal of it. */
  readonly interrupt: () => void;
}

/** Asks for one line on a terminal, which does not show what is typed. @throws the signal's reason */
export async function askSecret(
  question: string,
  { input, err, signal, interrupt }: SecretInput,
): Promise<string> {
  signal.throwIfAborted();
  // First, so that not even the first letter is shown.
  input.setRawMode(true);
  err(question);
  const decoder = new StringDecoder('utf8');
  let typed = '';
  let stop: () => void = () => undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const take = (bytes: Buffer): void => {
        for (const character of decoder.write(bytes).replace(ESCAPES, '')) {
          if (ENDS.has(character)) {
            resolve();
            return;
          }
          if (character === CTRL_C) {
            interrupt();
            return;
          }
          typed = edited(typed, character);
        }
      };
      const cancel = (): void => reject(signal.reason as Error);
      input.on('data', take);
      input.on('end', resolve);
      signal.addEventListener('abort', cancel, { once: true });
      stop = () => {
        input.off('data', take);
        input.off('end', resolve);
        signal.removeEventListener('abort', cancel);
      };
      input.resume();
    });
  } finally {
    stop();
    input.setRawMode(false);
    input.pause();
    err('\n');
  }
  return typed.trim();
}

function edited(typed: string, character: string): string {
  if (character === CTRL_U) {
    return '';
  }
  return DELETES.has(character) ? typed.replace(/.$/su, '') : typed + character;
}
