/** What docs/schema.md says of tables and columns, as Markdown. */
export interface SchemaPage {
  /** What one row is, by table, in the order of the page. */
  readonly tables: ReadonlyMap<string, string>;
  /** By `table.column`. */
  readonly columns: ReadonlyMap<string, string>;
  /** Meanings of columns in every table, by name or by `*` and the end of a name. */
  readonly common: ReadonlyMap<string, string>;
}

/** A table of the page: whose columns it explains (undefined: it lists the tables), and its rows. */
interface PageTable {
  readonly owners: readonly string[] | undefined;
  readonly rows: readonly (readonly string[])[];
}

/** A column that means the same in every table. */
const EVERY = 'every table';

/** Reads `| table | one row is | worth knowing |` and `| column of … | meaning |`; other tables are none of its business. */
export function parseSchemaPage(markdown: string): SchemaPage {
  const tables = new Map<string, string>();
  const columns = new Map<string, string>();
  const common = new Map<string, string>();
  for (const { owners, rows } of pageTables(markdown)) {
    for (const [subject = '', first = '', second = ''] of rows) {
      for (const name of namesIn(subject)) {
        if (owners === undefined) {
          tables.set(name, second === '' ? first : `${first}. ${capital(second)}`);
        } else {
          owners.forEach((owner) =>
            owner === EVERY ? common.set(name, first) : columns.set(`${owner}.${name}`, first),
          );
        }
      }
    }
  }
  return { tables, columns, common };
}

/** What a column means: by its table, else as in every table. */
export function meaningOf(page: SchemaPage, table: string, column: string): string | undefined {
  const own = page.columns.get(`${table}.${column}`) ?? page.common.get(column);
  if (own !== undefined) {
    return own;
  }
  const ending = [...page.common.keys()].find(
    (name) => name.startsWith('*') && column.endsWith(name.slice(1)),
  );
  return ending === undefined ? undefined : page.common.get(ending);
}

function pageTables(markdown: string): readonly PageTable[] {
  const lines = markdown.split('\n');
  return lines.flatMap((line, index): readonly PageTable[] => {
    const [head = ''] = cellsOf(line);
    const owners = /^column of (.+)$/.exec(head)?.[1];
    if (head !== 'table' && owners === undefined) {
      return [];
    }
    const body = lines.slice(index + 2);
    const end = body.findIndex((next) => !next.startsWith('|'));
    return [
      {
        owners: owners === undefined ? undefined : owners === EVERY ? [EVERY] : namesIn(owners),
        rows: body.slice(0, end === -1 ? undefined : end).map(cellsOf),
      },
    ];
  });
}

/** The cells of a line; links, which lead nowhere outside of the page, as their words. */
function cellsOf(line: string): readonly string[] {
  const text = line.replace(/\[([^\]]+)\]\([^)]*\)/g, '$1');
  return text.startsWith('|')
    ? text
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim())
    : [];
}

/** What stands between backticks. */
function namesIn(text: string): readonly string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
