import { addAbortSignal } from 'node:stream';
import { text } from 'node:stream/consumers';
import { Option, type Command } from 'commander';
import { CSV, delimitedLines } from '../../reports/export/csv';
import { jsonLines } from '../../reports/export/json';
import { createQueryRunner } from '../../store/queryRunner';
import type { ResultSet } from '../../store/resultSet';
import { countOf } from '../../sync/words';
import { existingDataFolder } from '../dataFolder';
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
}

/** A table is for reading; CSV and JSON are exports and hold every row. */
const TABLE_LIMIT = 10_000;

/** `query SQL [--json|--csv] [--limit N]` */
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
    .addOption(dataOption())
    .action(async (typed: string, options: QueryOptions) => {
      const folder = existingDataFolder(options.data, terminal.env);
      const sql = typed === '-' ? await text(addAbortSignal(terminal.signal, process.stdin)) : typed;
      await followAnalysis(folder, terminal);
      const isTable = options.json !== true && options.csv !== true;
      const limit = options.limit ?? (isTable ? TABLE_LIMIT : Number.MAX_SAFE_INTEGER);
      const runner = createQueryRunner({ folder, workerPath: WORKERS.query });
      try {
        const result = await runner.run(sql, { limit, signal: terminal.signal });
        write(result, options, terminal);
        if (result.truncated) {
          terminal.err(`Limited to ${countOf(limit, 'row')}. There are more: raise --limit.\n`);
        }
      } finally {
        runner.dispose();
      }
    });
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
