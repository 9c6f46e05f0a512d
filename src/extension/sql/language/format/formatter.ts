import { formatDialect, sqlite } from 'sql-formatter';

export interface FormatOptions {
  readonly tabSize: number;
  readonly insertSpaces: boolean;
}

/** Lays a script out. Words keep their case: an alias is what a result's column is called. @throws when it cannot be read */
export function layOut(sql: string, { tabSize, insertSpaces }: FormatOptions): string {
  return formatDialect(sql, {
    dialect: sqlite,
    tabWidth: tabSize,
    useTabs: !insertSpaces,
    keywordCase: 'preserve',
    linesBetweenQueries: 1,
    paramTypes: { named: [':', '@', '$'] },
  });
}
