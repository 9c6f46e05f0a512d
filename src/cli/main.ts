import { explain } from './explain';
import { createProgram } from './program';
import { statementLast } from './statementLast';
import { processTerminal } from './terminal';

async function main(): Promise<void> {
  const terminal = processTerminal();
  try {
    await createProgram(terminal).parseAsync(statementLast(process.argv));
  } catch (error) {
    const { sentence, code } = explain(error, terminal);
    if (sentence !== '') {
      terminal.err(`${sentence}\n`);
    }
    process.exitCode = code;
  }
}

void main();
