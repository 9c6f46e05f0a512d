import type { Command } from 'commander';
import { loadServers } from '../../serve/loadServers';
import { existingDataFolder } from '../dataFolder';
import { CliError, EXIT } from '../exitCodes';
import type { Terminal } from '../terminal';
import { untilStopped } from '../untilStopped';
import { VERSION } from '../version';
import { WORKERS } from '../workers';
import { dataOption, type DataOption } from './dataOption';
import { listenWish, withListenOptions, type ListenOptions } from './listenOptions';

const PORT = 8788;

const HELP = `
Language models read what was made available, and nothing else: instances ai-access NAME numbers
Without --http it talks over standard input and output, as programs with a model start it.`;

interface McpOptions extends DataOption, ListenOptions {
  readonly http?: boolean;
}

/** `mcp [--http [--port N] [--host H --allow-remote] [--token-env VAR | --token-file PATH]]` */
export function addMcpCommand(program: Command, terminal: Terminal): void {
  const command = withListenOptions(
    program
      .command('mcp')
      .description('serve the tools for language models by the Model Context Protocol')
      .option('--http', 'over HTTP at /mcp, to this machine, with a token'),
    PORT,
  );
  command
    .addOption(dataOption())
    .addHelpText('after', HELP)
    .action(async (options: McpOptions) => {
      const isHttp = options.http === true;
      const typed = ['host', 'port', 'tokenEnv', 'tokenFile', 'allowRemote'].some(
        (name) => command.getOptionValueSource(name) === 'cli',
      );
      if (typed && !isHttp) {
        throw new CliError(
          'Ports, hosts and tokens belong to --http. Add it, or leave them out.',
          EXIT.usage,
        );
      }
      const server = await loadServers(__dirname).startMcp({
        folder: existingDataFolder(options.data, terminal.env),
        workers: WORKERS,
        version: VERSION,
        tell: (sentence) => terminal.err(`${sentence}\n`),
        ...(isHttp ? { listen: listenWish(options, terminal.env) } : {}),
      });
      await untilStopped(server, terminal);
    });
}
