import * as l10n from '@vscode/l10n';
import type { SchemaTable } from '../../../../store/schema/schemaTypes';
import { parameterNames } from '../../../../store/sqlite/sqlTokens';
import { sqlFunctions } from '../functions';
import { describeColumn, describeFunction, describeSource, describeTable } from '../describe';
import { parseQuery } from '../query/parseQuery';
import { scopeAt, sourcesOf, type Scope, type ScopeSource } from '../query/scope';
import type { ColumnName } from '../query/queryShape';
import { statementAround } from '../query/statementAround';
import { isSame } from '../query/words';
import { joinConditions } from './joinConditions';
import { keywordsOf } from './keywords';
import { placeAt, type Place } from './place';
import { nameInSql } from '../../../../store/sqlite/sqlQuoting';

/** The nearer to what is meant, the higher in the list: values, then columns, and so on. */
const RANKS = ['value', 'column', 'alias', 'table', 'parameter', 'function', 'keyword', 'internal'] as const;
type Rank = (typeof RANKS)[number];

export type SuggestionKind =
  'column' | 'table' | 'view' | 'query' | 'function' | 'keyword' | 'parameter' | 'value' | 'condition';

/** One line of a completion list. */
export interface Suggestion {
  readonly label: string;
  readonly kind: SuggestionKind;
  /** Takes the place of what is typed; default: the label. */
  readonly insert?: string | undefined;
  /** The cursor goes between the parentheses that follow. */
  readonly isCall?: boolean | undefined;
  readonly detail?: string | undefined;
  /** Markdown. */
  readonly documentation?: string | undefined;
  /** Sorts the list. */
  readonly rank: number;
}

/** Suggestions with the place from which they replace what is typed. */
export interface Suggestions {
  readonly from: number;
  readonly list: readonly Suggestion[];
  /** The list is short and one of it is meant: it may appear unasked. */
  readonly isCertain: boolean;
}

/** What suggestions are made of. */
export interface SuggestionSources {
  readonly tables: readonly SchemaTable[];
  readonly instances: readonly { readonly id: number; readonly name: string }[];
}

/** Names that parameters have by custom. */
const USUAL_PARAMETERS = [':instance', ':from', ':to'];

/** What may stand at an offset of a script. Offsets are the script's. */
export function suggestionsAt(script: string, offset: number, sources: SuggestionSources): Suggestions {
  const { text, start } = statementAround(script, offset);
  const place = placeAt(text, offset - start);
  if (place.kind === 'nothing') {
    return { from: offset, list: [], isCertain: false };
  }
  const scope = scopeAt(parseQuery(text), offset - start, sources.tables);
  const from = start + place.from;
  // What is being typed is no parameter in use yet.
  const rest = `${script.slice(0, from)} ${script.slice(offset)}`;
  const list = listFor(place, scope, { ...sources, script: rest });
  const isCertain = place.kind !== 'expression' || list.some(({ kind }) => kind === 'value');
  return { from, list, isCertain };
}

function listFor(
  place: Exclude<Place, { kind: 'nothing' }>,
  scope: Scope,
  sources: SuggestionSources & { readonly script: string },
): Suggestion[] {
  switch (place.kind) {
    case 'member':
      return columnsOf(scope.sources.filter(({ name }) => isSame(name, place.qualifier)).slice(0, 1));
    case 'table':
      return [...scope.ctes.map(cteSuggestion), ...sources.tables.map(tableSuggestion)];
    case 'text':
      return isInstanceName(place.column, scope) ? instanceNames(sources) : [];
    case 'parameter':
      return parametersIn(sources.script);
    case 'expression':
      return place.isOperand && place.clause !== undefined
        ? [
            ...instanceIds(place.compared, scope, sources),
            ...(place.clause === 'ON' ? conditionsOf(scope) : []),
            ...operands(scope, sources.script),
            ...keywords(place),
          ]
        : keywords(place);
  }
}

function conditionsOf({ sources }: Scope): Suggestion[] {
  return joinConditions(sources).map((label) => ({ label, kind: 'condition', rank: rankOf('value') }));
}

function operands(scope: Scope, script: string): Suggestion[] {
  return [
    ...columnsOf(scope.sources),
    ...scope.sources.filter(({ name }) => name !== '').map(aliasSuggestion),
    ...parametersIn(script),
    ...sqlFunctions().map((sqlFunction) => ({
      label: sqlFunction.name,
      kind: 'function' as const,
      isCall: true,
      detail: sqlFunction.signature,
      documentation: describeFunction(sqlFunction),
      rank: rankOf('function'),
    })),
  ];
}

function keywords({ clause, isOperand }: Extract<Place, { kind: 'expression' }>): Suggestion[] {
  return keywordsOf(clause, isOperand).map((label) => ({ label, kind: 'keyword', rank: rankOf('keyword') }));
}

/** A column that several sources have needs its source's name before it. */
function columnsOf(sources: readonly ScopeSource[]): Suggestion[] {
  const count = new Map<string, number>();
  for (const { columns } of sources) {
    for (const { name } of columns) {
      count.set(name.toLowerCase(), (count.get(name.toLowerCase()) ?? 0) + 1);
    }
  }
  return sources.flatMap((source) =>
    source.columns.map((column): Suggestion => {
      const isShared = (count.get(column.name.toLowerCase()) ?? 0) > 1 && source.name !== '';
      return {
        label: isShared ? `${source.name}.${column.name}` : column.name,
        kind: 'column',
        insert: isShared ? `${nameInSql(source.name)}.${nameInSql(column.name)}` : nameInSql(column.name),
        detail: [column.type, source.table?.name ?? source.name].filter((part) => part !== '').join(' · '),
        documentation: describeColumn(column, source),
        rank: rankOf('column'),
      };
    }),
  );
}

function aliasSuggestion(source: ScopeSource): Suggestion {
  return {
    label: source.name,
    kind: source.kind === 'table' || source.kind === 'view' ? source.kind : 'query',
    insert: nameInSql(source.name),
    detail: source.table === undefined ? undefined : source.table.name,
    documentation: describeSource(source),
    rank: rankOf('alias'),
  };
}

function cteSuggestion(cte: ScopeSource): Suggestion {
  return {
    label: cte.name,
    kind: 'query',
    insert: nameInSql(cte.name),
    detail: l10n.t('query of this statement'),
    documentation: describeSource(cte),
    rank: rankOf('alias'),
  };
}

function tableSuggestion(table: SchemaTable): Suggestion {
  return {
    label: table.name,
    kind: table.kind,
    insert: nameInSql(table.name),
    detail: table.isInternal ? l10n.t('internal') : undefined,
    documentation: describeTable(table),
    rank: rankOf(table.isInternal ? 'internal' : 'table'),
  };
}

function parametersIn(script: string): Suggestion[] {
  const used = parameterNames(script).filter((name) => name.length > 1);
  return [...new Set([...used, ...USUAL_PARAMETERS])].map((label) => ({
    label,
    kind: 'parameter',
    detail: used.includes(label) ? l10n.t('used here') : l10n.t('asked for at a run'),
    rank: rankOf('parameter'),
  }));
}

function instanceNames({ instances }: SuggestionSources): Suggestion[] {
  return instances.map(({ id, name }) => ({
    label: name,
    kind: 'value',
    insert: name.replaceAll("'", "''"),
    detail: l10n.t('instance {0}', String(id)),
    rank: rankOf('value'),
  }));
}

function instanceIds(
  compared: ColumnName | undefined,
  scope: Scope,
  { instances }: SuggestionSources,
): Suggestion[] {
  const isId =
    compared !== undefined &&
    (isSame(compared.name, 'instance_id') || (isSame(compared.name, 'id') && isOfInstances(compared, scope)));
  return isId
    ? instances.map(({ id, name }) => ({
        label: String(id),
        kind: 'value',
        detail: name,
        rank: rankOf('value'),
      }))
    : [];
}

function isInstanceName(column: ColumnName | undefined, scope: Scope): boolean {
  return column !== undefined && isSame(column.name, 'name') && isOfInstances(column, scope);
}

/** Whether a column is, or may be, one of the table `instances`. */
function isOfInstances({ name, qualifier }: ColumnName, scope: Scope): boolean {
  return sourcesOf(scope, name, qualifier).some(({ table }) => table?.name === 'instances');
}

function rankOf(rank: Rank): number {
  return RANKS.indexOf(rank);
}
