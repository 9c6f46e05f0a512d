import { explain } from './explain';
import { createProgram } from './program';
import { processTerminal } from './terminal';

async function main(): Promise<void> {
  const terminal = processTerminal();
  try {
    await createProgram(terminal).parseAsync();
  } catch (error) {
    const { sentence, code } = explain(error, terminal);
    if (sentence !== '') {
      terminal.err(`${sentence}\n`);
    }
    process.exitCode = code;
  }
}

void main();
