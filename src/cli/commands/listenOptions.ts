import { Option, type Command } from 'commander';
import { LEAST_TOKEN, refusalOf, type ListenWish } from '../../serve/listening/listenRules';
import { readSecret, secretPlace } from '../credentials';
import { CliError, EXIT } from '../exitCodes';
import type { Terminal } from '../terminal';
import { wholeNumber } from '../wholeNumber';

/** Where a server listens, as it is typed. */
export interface ListenOptions {
  readonly host: string;
  readonly port: number;
  readonly tokenEnv?: string;
  readonly tokenFile?: string;
  readonly allowRemote?: boolean;
}

/** The options of commands that listen. */
export function withListenOptions(command: Command, port: number): Command {
  return command
    .addOption(
      new Option('--port <port>', 'port; 0 takes one that is free')
        .argParser(wholeNumber({ minimum: 0, maximum: 65_535 }))
        .default(port),
    )
    .addOption(new Option('--host <host>', 'name or address to listen on').default('127.0.0.1'))
    .addOption(
      new Option('--token-env <variable>', 'environment variable that holds the token').conflicts(
        'tokenFile',
      ),
    )
    .option(
      '--token-file <path>',
      `file that holds the token, readable by you alone (0600); at least ${LEAST_TOKEN} characters (default: a new token, shown once)`,
    )
    .option('--allow-remote', 'let other machines connect; needs a token of your own');
}

/** What a server may do. @throws CliError with the sentence where it must not listen like this */
export function listenWish(options: ListenOptions, env: Terminal['env']): ListenWish {
  const wish = {
    host: options.host,
    port: options.port,
    token: tokenOf(options, env),
    allowsRemote: options.allowRemote === true,
  };
  const refusal = refusalOf(wish);
  if (refusal !== undefined) {
    throw new CliError(refusal, EXIT.usage);
  }
  return wish;
}

function tokenOf({ tokenEnv, tokenFile }: ListenOptions, env: Terminal['env']): string | undefined {
  const place = secretPlace('token', { variable: tokenEnv, file: tokenFile });
  return place === undefined ? undefined : readSecret(place, env, 'the token');
}
