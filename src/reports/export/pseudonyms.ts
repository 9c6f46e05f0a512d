import { pseudonymOf } from '../../store/instances/people';
import { findReport } from '../catalogue';
import { createFormatter, UNKNOWN, type Formatter, type Value } from '../format';
import type { BlockDefinition } from '../reportDefinition';
import type {
  ChartBlock,
  FilterModel,
  PrivateKind,
  ReportBlock,
  ReportModel,
  ReportRow,
  SectionModel,
  TableModel,
  TextBlock,
} from '../reportModel';
import { summaryOf } from '../summary';
import type { ExportModel } from './cover';
import { namesOf, pseudonymsByName, SMALLEST_GROUP, sweeperOf, type KnownUser, type People } from './people';
import { isOwnWord, placeholders, privateColumns, tablesShowing, tagPlaceholders } from './privateTexts';
import { sweptSpec, sweptSql } from './sweptTexts';
import { mergeOtherGroups, OTHER_GROUPS } from './smallGroups';
import type { TermSweeper } from './termSweeper';

/**
 * The report without anybody's name: users and their addresses become the pseudonyms of the privacy mode, titles of chats,
 * names of files and tags numbers, and groups of fewer than 5 people one group. Columns say what they hold (`holds`), and
 * sentences are written again from the changed rows: whatever somebody is called, no number and no word of the report changes.
 * What else people wrote, such as names of models and resources, and all of somebody's own report, is searched for names.
 */
export function pseudonymised(model: ReportModel, people: People): ExportModel {
  return new Pseudonymiser(model, people).model();
}

class Pseudonymiser {
  readonly #model: ReportModel;
  readonly #hidesSum: boolean;
  readonly #format: Formatter;
  readonly #users: ReadonlyMap<number, KnownUser>;
  /** Numbers of titles and names of files. */
  readonly #numbers: ReadonlyMap<string, string>;
  /** Replacements of whatever is private, by exact text. */
  readonly #terms: ReadonlyMap<string, string>;
  readonly #tags: ReadonlyMap<string, string>;
  readonly #smallGroups: ReadonlySet<string>;
  readonly #sweeper: TermSweeper;
  /** Of a report of the product, by id: how its blocks are made. Undefined: somebody wrote it himself. */
  readonly #blocks: ReadonlyMap<string, BlockDefinition> | undefined;
  /** All rows, changed one by one. */
  readonly #rows: Readonly<Record<string, readonly ReportRow[]>>;
  /** What may be shown of them. */
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
    this.#numbers = placeholders(model, people);
    this.#terms = new Map([
      ...this.#numbers,
      ...[...this.#smallGroups].map((name) => [name, OTHER_GROUPS] as const),
      ...pseudonymsByName(users),
    ]);
    this.#sweeper = sweeperOf(this.#terms);
    this.#blocks = blocksOf(model);
    const datasets = Object.entries(model.datasets);
    this.#rows = Object.fromEntries(datasets.map(([name, rows]) => [name, this.#changed(name, rows)]));
    this.#datasets = Object.fromEntries(
      Object.entries(this.#rows).map(([name, rows]) => [name, this.#shown(name, rows)]),
    );
  }

  model(): ExportModel {
    const { sections, filters, notes, queries } = this.#model;
    return {
      ...this.#model,
      isPseudonymised: true,
      sections: sections.map((section) => this.#section(section)),
      datasets: this.#datasets,
      filters: filters.map((filter) => ({ ...filter, words: this.#filterWords(filter) })),
      // Those of the product hold numbers alone.
      notes: this.#blocks === undefined ? notes.map((note) => this.#swept(note)) : notes,
      queries: queries.map((query) => ({
        ...query,
        sql: sweptSql(query.sql, (text) => this.#literal(text)),
      })),
    };
  }

  #changed(dataset: string, rows: readonly ReportRow[]): readonly ReportRow[] {
    const kinds = privateColumns(dataset, this.#model);
    const tables = tablesShowing(dataset, this.#model);
    return rows.map((row, index) => this.#row(row, kinds, this.#userOf(row, tables, index)));
  }

  #shown(dataset: string, rows: readonly ReportRow[]): readonly ReportRow[] {
    if (tablesShowing(dataset, this.#model).length === 0) {
      // Nothing says what its texts are: numbers only.
      return rows.map((row) => mapValues(row, (value) => (typeof value === 'string' ? null : value)));
    }
    const kinds = privateColumns(dataset, this.#model);
    const groupField = [...kinds].find(([, kind]) => kind === 'group')?.[0];
    return groupField === undefined ? rows : mergeOtherGroups(rows, groupField, this.#hidesSum);
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
    return mapValues(row, (value, field) => {
      if (typeof value !== 'string') {
        return value;
      }
      switch (kinds.get(field)) {
        case 'person':
        case 'email':
          return user === undefined ? this.#whole(value) : pseudonymOf(user.remoteId);
        case 'title':
        case 'file':
          return this.#numbers.get(value) ?? this.#whole(value);
        case 'group':
          return this.#smallGroups.has(value) ? OTHER_GROUPS : value;
        case 'tag':
          return this.#tags.get(value) ?? value;
        case undefined:
          return this.#blocks !== undefined && isOwnWord(value, field, row)
            ? value
            : this.#labelled(value, user);
      }
    });
  }

  /** A text that may begin with the name of the row's user, as labels do: `Ann · fasgpt (ann@example.com)`. */
  #labelled(text: string, user: KnownUser | undefined): string {
    const found = (user === undefined ? [] : namesOf(user)).find(
      (name) => text === name || [' · ', ' ('].some((next) => text.startsWith(name + next)),
    );
    return user === undefined || found === undefined
      ? this.#swept(text)
      : pseudonymOf(user.remoteId) + this.#swept(text.slice(found.length));
  }

  /** A text of a column that holds names and nothing else. */
  #whole(text: string): string {
    return this.#terms.get(text) ?? this.#swept(text);
  }

  #swept(text: string): string {
    return this.#sweeper.sweep(text);
  }

  /** Users are named once more; what else is filtered by is listed by its name. */
  #filterWords({ kind, words }: FilterModel): string {
    switch (kind) {
      case 'users':
      case 'groups':
      case 'models':
        return this.#whole(words) === words
          ? words.replace(
              /(^|, )([^,]+?)(?=, |$| and \d+ more$)/gu,
              (_, before: string, name: string) => before + this.#whole(name),
            )
          : this.#whole(words);
      default:
        return words;
    }
  }

  /** In statements of the product names of models alone are data. */
  #literal(text: string): string {
    const { models = [] } = this.#model.settings.filter;
    return this.#blocks === undefined || text === JSON.stringify(models) ? this.#swept(text) : text;
  }

  #section(section: SectionModel): SectionModel {
    return { ...section, blocks: section.blocks.map((block) => this.#block(block)) };
  }

  #block(block: ReportBlock): ReportBlock {
    switch (block.type) {
      case 'chart':
        return this.#chart(block);
      case 'table':
        return { ...block, table: this.#table(block.dataset, block.table) };
      case 'text':
        return this.#text(block);
      case 'failed':
        return { ...block, message: this.#swept(block.message) };
      // They hold numbers alone.
      case 'kpis':
      case 'pending':
        return block;
    }
  }

  #chart(block: ChartBlock): ChartBlock {
    const { dataset, title, summary, spec, table } = block;
    const made = this.#blocks?.get(block.id);
    const rows = this.#datasets[dataset] ?? [];
    return {
      ...block,
      spec: sweptSpec(spec, this.#valueOf(dataset), this.#blocks === undefined),
      summary:
        made?.type === 'chart'
          ? `${title}. ${summaryOf(made.chart, rows, this.#format)}`
          : this.#swept(summary),
      table: this.#table(dataset, table),
    };
  }

  /** What became of a value of a dataset, wherever it stands. */
  #valueOf(dataset: string): (text: string) => string {
    const known = new Map<string, string>();
    for (const [index, row] of (this.#model.datasets[dataset] ?? []).entries()) {
      for (const [field, value] of Object.entries(row)) {
        const now = this.#rows[dataset]?.[index]?.[field];
        if (typeof value === 'string' && typeof now === 'string') {
          known.set(value, (known.get(value) ?? now) === now ? now : this.#whole(value));
        }
      }
    }
    return (text) => known.get(text) ?? this.#swept(text);
  }

  #text(block: TextBlock): TextBlock {
    const made = this.#blocks?.get(block.id);
    if (made?.type === 'text') {
      const { zone, period } = this.#model;
      const rows = made.datasets.map((name) => this.#rows[name] ?? []);
      return { ...block, sentences: made.write(rows, { format: this.#format, zone, unit: period.bucket }) };
    }
    return {
      ...block,
      sentences: block.sentences.map((sentence) => ({
        ...sentence,
        text: this.#swept(sentence.text),
        details: sentence.details.map((detail) => this.#swept(detail)),
      })),
    };
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

/** How the blocks of a report of the product are made. */
function blocksOf({ reportId, sources }: ReportModel): ReadonlyMap<string, BlockDefinition> | undefined {
  const definition = findReport(reportId);
  if (definition === undefined) {
    return undefined;
  }
  const { sections, sectionOfInstance } = definition;
  const all = [...sections, ...(sectionOfInstance === undefined ? [] : sources.map(sectionOfInstance))];
  return new Map(all.flatMap(({ blocks }) => blocks).map((block) => [block.id, block]));
}
