import { createInterface } from 'node:readline';
import { WRITE_REASONS } from '../store/files/writeReasons';
import { askSecret } from './askSecret';
import { EXIT } from './exitCodes';

/** Where a command writes and what it knows of its surroundings. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Results. */
  readonly out: (text: string) => void;
  /** Progress, notes and failures. */
  readonly err: (text: string) => void;
  /** Asks for one line, '' at the end of the input; undefined when nobody is there to answer. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
  /** The same without showing what is typed. */
  readonly askSecret: ((question: string) => Promise<string>) | undefined;
  /** Columns of an interactive terminal behind `err`; undefined when nobody watches. */
  readonly columns: number | undefined;
  /** Fires at Ctrl+C, and when the system asks the process to end. */
  readonly signal: AbortSignal;
}

/**
 * This process's own terminal. A reader of results that goes away (`| head`) ends the process quietly; that nobody reads
 * progress and notes any more ends nothing.
 */
export function processTerminal(): Terminal {
  const cancel = new AbortController();
  const interrupt = (): void => {
    if (cancel.signal.aborted) {
      process.exit(EXIT.cancelled);
    }
    cancel.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, interrupt);
  }
  const err = (text: string): boolean => process.stderr.write(text);
  const isAnswering = process.stdin.isTTY && process.stderr.isTTY;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') {
      process.exit(EXIT.ok);
    }
    err(`The output cannot be written: ${WRITE_REASONS[error.code ?? ''] ?? error.message}.\n`);
    process.exit(EXIT.failed);
  });
  process.stderr.on('error', () => undefined);
  return {
    env: process.env,
    out: (text) => process.stdout.write(text),
    err,
    ask: isAnswering ? (question) => askLine(question, cancel.signal) : undefined,
    askSecret: isAnswering
      ? (question) => askSecret(question, { input: process.stdin, err, signal: cancel.signal, interrupt })
      : undefined,
    // A pseudo terminal may tell 0.
    columns: process.stderr.isTTY ? process.stderr.columns || 80 : undefined,
    signal: cancel.signal,
  };
}

function askLine(question: string, signal: AbortSignal): Promise<string> {
  // Not as a terminal of its own: Ctrl+C is to stay the signal that it is everywhere else.
  const lines = createInterface({ input: process.stdin, output: process.stderr, terminal: false });
  return new Promise<string>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    lines.once('close', () => resolve(''));
    lines.question(question, resolve);
  }).finally(() => lines.close());
}
