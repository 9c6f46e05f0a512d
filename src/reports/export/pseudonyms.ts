import { pseudonymOf } from '../../store/instances/people';
import { createFormatter, UNKNOWN, type Formatter, type Value } from '../format';
import type {
  PrivateKind,
  ReportBlock,
  ReportModel,
  ReportRow,
  SectionModel,
  TableModel,
} from '../reportModel';
import type { ExportModel } from './cover';
import { namesOf, pseudonymsByName, SMALLEST_GROUP, type KnownUser, type People } from './people';
import { placeholders, privateColumns, tablesShowing, tagPlaceholders } from './privateTexts';
import { sweptSpec, sweptSql } from './sweptTexts';
import { mergeOtherGroups, OTHER_GROUPS } from './smallGroups';
import { TermSweeper } from './termSweeper';

/**
 * The report without anybody's name: users and their addresses become the pseudonyms of the privacy mode, titles of chats,
 * names of files and tags numbers, and groups of fewer than 5 people one group. Columns say what they hold (`holds`); whatever
 * else is made from data (sentences, notes, labels, SQL) is searched for every name.
 */
export function pseudonymised(model: ReportModel, people: People): ExportModel {
  return new Pseudonymiser(model, people).model();
}

class Pseudonymiser {
  readonly #model: ReportModel;
  readonly #hidesSum: boolean;
  readonly #format: Formatter;
  readonly #users: ReadonlyMap<number, KnownUser>;
  /** Replacements by exact text. */
  readonly #terms: Map<string, string>;
  readonly #tags: ReadonlyMap<string, string>;
  readonly #smallGroups: ReadonlySet<string>;
  readonly #sweeper: TermSweeper;
  readonly #datasets: Readonly<Record<string, readonly ReportRow[]>>;

  constructor(model: ReportModel, people: People) {
    const { users, smallGroups, inSmallGroups, locale } = people;
    this.#model = model;
    this.#hidesSum = inSmallGroups < SMALLEST_GROUP;
    this.#format = createFormatter(locale);
    this.#users = new Map(users.map((user) => [user.id, user]));
    this.#smallGroups = new Set(
      smallGroups.flatMap(({ name, remoteId }) => (name === null ? [remoteId] : [name, remoteId])),
    );
    this.#tags = tagPlaceholders(model);
    this.#terms = new Map([
      ...placeholders(model, people),
      ...[...this.#smallGroups].map((name) => [name, OTHER_GROUPS] as const),
      ...pseudonymsByName(users),
    ]);
    this.#sweeper = new TermSweeper(this.#terms);
    this.#datasets = Object.fromEntries(
      Object.entries(model.datasets).map(([name, rows]) => [name, this.#rows(name, rows)]),
    );
  }

  model(): ExportModel {
    const { sections, filters, notes, queries } = this.#model;
    return {
      ...this.#model,
      isPseudonymised: true,
      sections: sections.map((section) => this.#section(section)),
      datasets: this.#datasets,
      filters: filters.map((filter) => ({ ...filter, words: this.#swept(filter.words) })),
      notes: notes.map((note) => this.#swept(note)),
      queries: queries.map((query) => ({ ...query, sql: sweptSql(query.sql, this.#sweeper) })),
    };
  }

  #rows(dataset: string, rows: readonly ReportRow[]): readonly ReportRow[] {
    const tables = tablesShowing(dataset, this.#model);
    if (tables.length === 0) {
      // Nothing says what its texts are: numbers only.
      return rows.map((row) => mapValues(row, (value) => (typeof value === 'string' ? null : value)));
    }
    const kinds = privateColumns(dataset, this.#model);
    const replaced = rows.map((row, index) => this.#row(row, kinds, this.#userOf(row, tables, index)));
    const groupField = [...kinds].find(([, kind]) => kind === 'group')?.[0];
    return groupField === undefined ? replaced : mergeOtherGroups(replaced, groupField, this.#hidesSum);
  }

  /** The user of a row, by the link of a cell or the column that names accounts in all datasets. */
  #userOf(row: ReportRow, tables: readonly TableModel[], index: number): KnownUser | undefined {
    const linked = tables
      .flatMap(({ rows }) => rows[index] ?? [])
      .map((cell) => (typeof cell === 'string' || cell.link.kind !== 'user' ? undefined : cell.link.userId))
      .find((id) => id !== undefined);
    return this.#users.get(linked ?? Number(row['user_id'] ?? Number.NaN));
  }

  #row(row: ReportRow, kinds: ReadonlyMap<string, PrivateKind>, user: KnownUser | undefined): ReportRow {
    const pseudonym = user === undefined ? undefined : pseudonymOf(user.remoteId);
    const own =
      user === undefined || pseudonym === undefined
        ? undefined
        : new TermSweeper(new Map(namesOf(user).map((name) => [name, pseudonym])));
    return mapValues(row, (value, field) => {
      if (typeof value !== 'string') {
        return value;
      }
      switch (kinds.get(field)) {
        case 'person':
        case 'email':
          return pseudonym ?? this.#swept(value);
        case 'title':
        case 'file':
          return this.#terms.get(value) ?? this.#swept(value);
        case 'group':
          return this.#smallGroups.has(value) ? OTHER_GROUPS : value;
        case 'tag':
          return this.#tags.get(value) ?? value;
        case undefined:
          return this.#swept(own?.sweep(value) ?? value);
      }
    });
  }

  #swept(text: string): string {
    return this.#sweeper.sweep(text);
  }

  #section(section: SectionModel): SectionModel {
    return { ...section, blocks: section.blocks.map((block) => this.#block(block)) };
  }

  #block(block: ReportBlock): ReportBlock {
    switch (block.type) {
      case 'kpis':
        return {
          ...block,
          tiles: block.tiles.map((tile) => ({
            ...tile,
            value: this.#swept(tile.value),
            note: tile.note === undefined ? undefined : this.#swept(tile.note),
          })),
        };
      case 'chart':
        return {
          ...block,
          spec: sweptSpec(block.spec, this.#sweeper),
          summary: this.#swept(block.summary),
          table: this.#table(block.dataset, block.table),
        };
      case 'table':
        return { ...block, table: this.#table(block.dataset, block.table) };
      case 'text':
        return {
          ...block,
          sentences: block.sentences.map((sentence) => ({
            ...sentence,
            text: this.#swept(sentence.text),
            details: sentence.details.map((detail) => this.#swept(detail)),
          })),
        };
      case 'failed':
        return { ...block, message: this.#swept(block.message) };
      case 'pending':
        return block;
    }
  }

  /** The table of the changed rows, without links: they lead into the editor. */
  #table(dataset: string, { columns, rows }: TableModel): TableModel {
    const changed = (this.#datasets[dataset] ?? []).slice(0, rows.length);
    return {
      columns,
      rows: changed.map((row) =>
        columns.map(({ field, format = 'integer' }) => {
          const value = row[field] ?? null;
          return typeof value === 'number' ? this.#format.number(value, format) : (value ?? UNKNOWN);
        }),
      ),
    };
  }
}

function mapValues(row: ReportRow, map: (value: Value, field: string) => Value): ReportRow {
  return Object.fromEntries(Object.entries(row).map(([field, value]) => [field, map(value, field)]));
}
