import type { Command } from 'commander';
import { loadServers } from '../../serve/loadServers';
import { existingDataFolder } from '../dataFolder';
import type { Terminal } from '../terminal';
import { untilStopped } from '../untilStopped';
import { VERSION } from '../version';
import { wholeNumber } from '../wholeNumber';
import { WORKERS } from '../workers';
import { dataOption, type DataOption } from './dataOption';
import { listenWish, withListenOptions, type ListenOptions } from './listenOptions';

const PORT = 8787;
const TIME_LIMIT_S = 30;

const HELP = `
The token gives everything that the mirror holds. Ctrl+C ends the server with exit code 0.
What is served, and for Prometheus: /openapi.json, /metrics. A database that is synced meanwhile is served at once.`;

interface ServeOptions extends DataOption, ListenOptions {
  readonly timeLimit: number;
}

/** `serve [--port N] [--host H --allow-remote] [--token-env VAR | --token-file PATH] [--time-limit S]` */
export function addServeCommand(program: Command, terminal: Terminal): void {
  withListenOptions(
    program.command('serve').description('serve a read-only HTTP API to this machine, with a token'),
    PORT,
  )
    .option(
      '--time-limit <seconds>',
      'longest that a statement or a report may take',
      wholeNumber({ minimum: 1, maximum: 3600 }),
      TIME_LIMIT_S,
    )
    .addOption(dataOption())
    .addHelpText('after', HELP)
    .action(async (options: ServeOptions) => {
      const listen = listenWish(options, terminal.env);
      const server = await loadServers(__dirname).startServe({
        folder: existingDataFolder(options.data, terminal.env),
        workers: WORKERS,
        version: VERSION,
        tell: (sentence) => terminal.err(`${sentence}\n`),
        listen,
        timeLimitMs: options.timeLimit * 1000,
      });
      await untilStopped(server, terminal);
    });
}
