import { addAbortSignal } from 'node:stream';
import { text } from 'node:stream/consumers';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { CSV, delimitedLines } from '../../reports/export/csv';
import { jsonLines } from '../../reports/export/json';
import { createQueryRunner } from '../../store/queryRunner';
import type { ResultSet, SqlParameters } from '../../store/resultSet';
import { missingParameter } from '../../store/sqlite/missingParameter';
import { objectionToValue, valueOf } from '../../store/sqlite/parameterValue';
import { countOf } from '../../sync/words';
import { existingDataFolder } from '../dataFolder';
import { CliError, EXIT } from '../exitCodes';
import { followAnalysis } from '../followAnalysis';
import { tableLines } from '../table';
import type { Terminal } from '../terminal';
import { wholeNumber } from '../wholeNumber';
import { WORKERS } from '../workers';
import { dataOption, type DataOption } from './dataOption';

interface QueryOptions extends DataOption {
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly limit?: number;
  readonly param: SqlParameters;
}

/** A table is for reading; CSV and JSON are exports and hold every row. */
const TABLE_LIMIT = 10_000;

/** `query SQL [--json|--csv] [--limit N] [--param NAME=VALUE]...` */
export function addQueryCommand(program: Command, terminal: Terminal): void {
  program
    .command('query <sql>')
    .description('run one SQL statement on a read-only copy; "-" reads it from standard input')
    .addOption(new Option('--json', 'as JSON').conflicts('csv'))
    .addOption(new Option('--csv', 'as CSV (RFC 4180)'))
    .option(
      '--limit <rows>',
      `most rows to show (default: ${TABLE_LIMIT} in a table, else all)`,
      wholeNumber({ minimum: 1 }),
    )
    .option(
      '--param <name=value>',
      "value of :name in the statement; give it once for each. A number stays one, NULL is no value, 'quotes' make a text",
      withParameter,
      {},
    )
    .addOption(dataOption())
    .action(async (typed: string, options: QueryOptions) => {
      const folder = existingDataFolder(options.data, terminal.env);
      const sql = typed === '-' ? await text(addAbortSignal(terminal.signal, process.stdin)) : typed;
      assertComplete(sql, options.param);
      await followAnalysis(folder, terminal);
      const isTable = options.json !== true && options.csv !== true;
      const limit = options.limit ?? (isTable ? TABLE_LIMIT : Number.MAX_SAFE_INTEGER);
      const runner = createQueryRunner({ folder, workerPath: WORKERS.query });
      try {
        const result = await runner.run(sql, { limit, parameters: options.param, signal: terminal.signal });
        write(result, options, terminal);
        if (result.truncated) {
          terminal.err(`Limited to ${countOf(limit, 'row')}. There are more: raise --limit.\n`);
        }
      } finally {
        runner.dispose();
      }
    });
}

/** One more value. @throws InvalidArgumentError, which commander words as wrong usage */
function withParameter(typed: string, known: SqlParameters): SqlParameters {
  const [, name, value] = /^:?([\p{L}_][\p{L}\p{N}_$]*)=(.*)$/su.exec(typed) ?? [];
  if (name === undefined || value === undefined) {
    throw new InvalidArgumentError('Give a name and a value, such as from=2026-11-01.');
  }
  const objection = objectionToValue(value);
  if (objection !== undefined) {
    throw new InvalidArgumentError(objection);
  }
  return { ...known, [name]: valueOf(value) };
}

/** @throws CliError where a parameter has no value */
function assertComplete(sql: string, parameters: SqlParameters): void {
  const missing = missingParameter(sql, parameters);
  if (missing !== undefined) {
    throw new CliError(
      `There is no value for ${missing}: write parameters as :name and give each a value with --param name=VALUE.`,
      EXIT.usage,
    );
  }
}

function write(result: ResultSet, options: QueryOptions, terminal: Terminal): void {
  const hasResult = result.columns.length > 0;
  if (options.json === true) {
    writeAll(jsonLines(result), terminal);
  } else if (hasResult && options.csv === true) {
    writeAll(delimitedLines(result, CSV), terminal);
  } else if (hasResult) {
    writeAll(withLineEnds(tableLines(result)), terminal);
    terminal.err(`${countOf(result.rowCount, 'row')} · ${Math.round(result.elapsedMs)} ms\n`);
  }
  if (!hasResult) {
    terminal.err('The statement gives no result.\n');
  }
}

/** In parts of moderate size: neither one huge string nor a write per row. */
function writeAll(lines: Iterable<string>, terminal: Terminal): void {
  const partSize = 65_536;
  let part = '';
  for (const line of lines) {
    part += line;
    if (part.length >= partSize) {
      terminal.out(part);
      part = '';
    }
  }
  terminal.out(part);
}

function* withLineEnds(lines: Iterable<string>): Generator<string> {
  for (const line of lines) {
    yield `${line}\n`;
  }
}
