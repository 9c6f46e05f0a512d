import type { SchemaColumn, SchemaTable } from '../../../../store/schema/schemaTypes';
import type { CteShape, Output, QueryShape, SelectShape, SourceShape } from './queryShape';
import { isSame } from './words';

/** Something whose columns a statement can name. */
export interface ScopeSource {
  /** By what columns are qualified: the alias, else the table's name; '' where there is neither. */
  readonly name: string;
  readonly kind: 'table' | 'view' | 'cte' | 'query' | 'unknown';
  /** The table or view behind it. */
  readonly table: SchemaTable | undefined;
  readonly columns: readonly SchemaColumn[];
}

/** What can be named at a place of a statement, the nearest first. */
export interface Scope {
  readonly sources: readonly ScopeSource[];
  readonly ctes: readonly ScopeSource[];
}

/** What is seen at an offset of the statement whose shape this is. */
export function scopeAt(shape: QueryShape, offset: number, tables: readonly SchemaTable[]): Scope {
  const chain = chainAt(shape, offset);
  const ctes = chain.flatMap((query) => query.ctes);
  const resolver = new Resolver(tables, ctes);
  return {
    sources: visible(chain)
      .flatMap((query) => selectAt(query, offset)?.sources ?? [])
      .map((source) => resolver.source(source)),
    ctes: ctes.map((cte) => resolver.cte(cte)),
  };
}

/** Sources that a column name may belong to: those of the qualifier, or all that have it. */
export function sourcesOf(scope: Scope, name: string, qualifier: string | undefined): readonly ScopeSource[] {
  const candidates =
    qualifier === undefined
      ? scope.sources
      : scope.sources.filter((source) => isSame(source.name, qualifier)).slice(0, 1);
  return candidates.filter(({ columns }) => columns.some((column) => isSame(column.name, name)));
}

/** The innermost query around the offset, then those around it. */
function chainAt(shape: QueryShape, offset: number): QueryShape[] {
  const inner = shape.inner.find(({ start, end }) => start <= offset && offset <= end);
  return inner === undefined ? [shape] : [...chainAt(inner, offset), shape];
}

/** Queries whose sources are seen: one that is a source or a CTE itself sees nothing around it. */
function visible(chain: readonly QueryShape[]): readonly QueryShape[] {
  const closed = chain.findIndex((query, index) => {
    const around = chain[index + 1];
    return (
      around?.ctes.some((cte) => cte.query === query) === true ||
      around?.selects.some(({ sources }) => sources.some((source) => source.query === query)) === true
    );
  });
  return closed < 0 ? chain : chain.slice(0, closed + 1);
}

function selectAt({ selects }: QueryShape, offset: number): SelectShape | undefined {
  return selects.findLast(({ start }) => start <= offset) ?? selects[0];
}

class Resolver {
  /** A recursive query names itself: it is looked into once. */
  readonly #open = new Set<CteShape>();

  constructor(
    private readonly tables: readonly SchemaTable[],
    private readonly ctes: readonly CteShape[],
  ) {}

  source({ name, alias, query }: SourceShape): ScopeSource {
    if (query !== undefined) {
      return { name: alias ?? '', kind: 'query', table: undefined, columns: this.#columnsOf(query) };
    }
    const wanted = name ?? '';
    const cte = this.ctes.find((candidate) => isSame(candidate.name, wanted));
    if (cte !== undefined) {
      return { ...this.cte(cte), name: alias ?? cte.name };
    }
    const table = this.tables.find((candidate) => isSame(candidate.name, wanted));
    return {
      name: alias ?? table?.name ?? wanted,
      kind: table?.kind ?? 'unknown',
      table,
      columns: table?.columns ?? [],
    };
  }

  cte(cte: CteShape): ScopeSource {
    return { name: cte.name, kind: 'cte', table: undefined, columns: this.#columnsOfCte(cte) };
  }

  #columnsOfCte(cte: CteShape): readonly SchemaColumn[] {
    if (cte.query === undefined || this.#open.has(cte)) {
      return (cte.columns ?? []).map(computed);
    }
    this.#open.add(cte);
    try {
      const columns = this.#columnsOf(cte.query);
      return cte.columns?.map((name, index) => ({ ...(columns[index] ?? computed(name)), name })) ?? columns;
    } finally {
      this.#open.delete(cte);
    }
  }

  /** The first SELECT of a compound gives the names. */
  #columnsOf(query: QueryShape): readonly SchemaColumn[] {
    const [select] = query.selects;
    if (select === undefined) {
      return [];
    }
    const within = new Resolver(this.tables, [...query.ctes, ...this.ctes]);
    for (const cte of this.#open) {
      within.#open.add(cte);
    }
    const sources = select.sources.map((source) => within.source(source));
    return select.outputs.flatMap((output) => columnsOfOutput(output, sources));
  }
}

function columnsOfOutput(output: Output, sources: readonly ScopeSource[]): readonly SchemaColumn[] {
  if (output.kind === 'star') {
    const { qualifier } = output;
    return sources
      .filter(({ name }) => qualifier === undefined || isSame(name, qualifier))
      .flatMap(({ columns }) => columns);
  }
  const { name, of } = output;
  const [source] = of === undefined ? [] : sourcesOf({ sources, ctes: [] }, of.name, of.qualifier);
  const column = source?.columns.find((candidate) => of !== undefined && isSame(candidate.name, of.name));
  return [{ ...(column ?? computed(name)), name }];
}

function computed(name: string): SchemaColumn {
  return { name, type: '', meaning: undefined };
}
