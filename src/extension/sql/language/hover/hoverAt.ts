import * as l10n from '@vscode/l10n';
import type { SchemaTable } from '../../../../store/schema/schemaTypes';
import { describeColumn, describeFunction, describeSource, describeTable, inCode } from '../describe';
import { findFunction } from '../functions';
import { typedText, type ParameterValue } from '../../../../store/sqlite/parameterValue';
import { parseQuery } from '../query/parseQuery';
import { scopeAt, sourcesOf, type Scope } from '../query/scope';
import { statementAround } from '../query/statementAround';
import { isName, isSame, nameOf, wordsOf, type Word } from '../query/words';

/** Columns of the same name that are described. */
const MOST_COLUMNS = 3;

/** What a word means, in Markdown, and where it stands in the script. */
export interface HoverText {
  readonly start: number;
  readonly end: number;
  readonly markdown: string;
}

export interface HoverSources {
  readonly tables: readonly SchemaTable[];
  /** The value that a run would give to a parameter. */
  readonly valueInUse: (parameter: string) => ParameterValue | undefined;
}

/** What the word at an offset of a script means; undefined for what needs no words. */
export function hoverAt(script: string, offset: number, sources: HoverSources): HoverText | undefined {
  const { text, start } = statementAround(script, offset);
  const words = wordsOf(text);
  const index = words.findIndex((word) => word.start <= offset - start && offset - start < word.end);
  const word = words[index];
  if (word === undefined) {
    return undefined;
  }
  const markdown =
    word.kind === 'parameter'
      ? describeParameter(word.text, sources.valueInUse(word.text))
      : describeName(words, index, scopeAt(parseQuery(text), word.start, sources.tables), sources.tables);
  return markdown === undefined ? undefined : { start: start + word.start, end: start + word.end, markdown };
}

function describeParameter(name: string, value: ParameterValue | undefined): string {
  return value === undefined
    ? l10n.t('Parameter {0}: its value is asked for at the next run', inCode(name))
    : l10n.t('Parameter {0} = {1}', inCode(name), inCode(typedText(value)));
}

function describeName(
  words: readonly Word[],
  index: number,
  scope: Scope,
  tables: readonly SchemaTable[],
): string | undefined {
  const word = words[index];
  if (!isName(word)) {
    return undefined;
  }
  const name = nameOf(word);
  if (words[index + 1]?.text === '(') {
    const called = findFunction(name);
    return called === undefined ? undefined : describeFunction(called);
  }
  const before = words[index - 2];
  const qualifier = words[index - 1]?.text === '.' && isName(before) ? nameOf(before) : undefined;
  const columns = describeColumns(name, qualifier, scope);
  if (qualifier !== undefined) {
    return columns ?? describeNamed(name, tables);
  }
  const source = [...scope.sources, ...scope.ctes].find((candidate) => isSame(candidate.name, name));
  const isQualifier = words[index + 1]?.text === '.';
  if (source !== undefined && (isQualifier || columns === undefined)) {
    return describeSource(source);
  }
  return columns ?? describeNamed(name, tables);
}

function describeColumns(name: string, qualifier: string | undefined, scope: Scope): string | undefined {
  const found = sourcesOf(scope, name, qualifier).slice(0, MOST_COLUMNS);
  const described = found.flatMap((source) =>
    source.columns
      .filter((column) => isSame(column.name, name))
      .slice(0, 1)
      .map((column) => describeColumn(column, source)),
  );
  return described.length === 0 ? undefined : described.join('\n\n---\n\n');
}

function describeNamed(name: string, tables: readonly SchemaTable[]): string | undefined {
  const table = tables.find((candidate) => isSame(candidate.name, name));
  return table === undefined ? undefined : describeTable(table);
}
