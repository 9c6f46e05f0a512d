import type { Command } from 'commander';
import { loadInstances } from '../../store/instances/instancesFile';
import {
  DEFAULT_SEARCH_LIMIT,
  MAX_SEARCH_LIMIT,
  type SearchHit,
  type SearchResult,
} from '../../store/search/searchTypes';
import { countOf, formatCount } from '../../sync/words';
import { instanceNamed } from '../chooseInstances';
import { existingDataFolder } from '../dataFolder';
import { jsonText } from '../jsonText';
import { plainText } from '../plainText';
import type { Terminal } from '../terminal';
import { wholeNumber } from '../wholeNumber';
import { withReader } from '../workers';
import { dataOption, type DataOption } from './dataOption';

interface SearchOptions extends DataOption {
  readonly instance?: string;
  readonly limit: number;
  readonly json?: boolean;
}

const HELP = `
All words must be there, whatever their case and accents. "a phrase", begin*, -without, this OR that.
Put what has quotes or dashes between single quotes: search 'budget -draft "next year"'`;

/** `search WORDS [--instance NAME] [--limit N] [--json]` */
export function addSearchCommand(program: Command, terminal: Terminal): void {
  program
    .command('search <words...>')
    .description('find chats by their titles and messages by their text')
    .option('--instance <name>', 'only this instance')
    .option(
      '--limit <results>',
      `most results to show, up to ${MAX_SEARCH_LIMIT}`,
      wholeNumber({ minimum: 1, maximum: MAX_SEARCH_LIMIT }),
      DEFAULT_SEARCH_LIMIT,
    )
    .option('--json', 'as JSON')
    .addOption(dataOption())
    .addHelpText('after', HELP)
    .action(async (words: readonly string[], options: SearchOptions) => {
      const folder = existingDataFolder(options.data, terminal.env);
      const { instances } = await loadInstances(folder);
      const instanceId =
        options.instance === undefined ? undefined : instanceNamed(instances, options.instance).id;
      const request = { text: words.join(' '), limit: options.limit, instanceId };
      const result = await withReader(folder, (reader) => reader.search(request), terminal.signal);
      write(result, options, terminal);
    });
}

function write({ hits, total, warnings }: SearchResult, { json }: SearchOptions, terminal: Terminal): void {
  if (json === true) {
    terminal.out(jsonText({ total, hits, warnings }));
  } else {
    terminal.out(hits.map(hitText).join('\n'));
    for (const warning of warnings) {
      terminal.err(`${warning}\n`);
    }
    if (total > 0 || warnings.length === 0) {
      terminal.err(`${countText(hits.length, total)}\n`);
    }
  }
}

function countText(shown: number, total: number): string {
  if (total === 0) {
    return 'Nothing found.';
  }
  return shown < total
    ? `${formatCount(shown)} of ${countOf(total, 'result')}. Raise --limit to see more, up to ${MAX_SEARCH_LIMIT}.`
    : countOf(total, 'result');
}

/** The title, where and when it was, and for a message what it says. */
function hitText(hit: SearchHit): string {
  const { instance, user, time, messageId, role, model, isDeleted, snippet, title } = hit;
  const facts = [instance, user, time, model ?? role, isDeleted ? 'deleted' : undefined];
  return [
    title ?? 'Untitled chat',
    `  ${facts.filter((fact) => fact !== undefined).join(' · ')}`,
    ...(messageId === undefined ? [] : [`  ${snippet.text}`]),
    '',
  ]
    .map((line) => plainText(line).replaceAll('\n', ' '))
    .join('\n');
}
