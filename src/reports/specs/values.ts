/** A value of a mark in words. */
export interface MarkValue {
  readonly field: string;
  readonly title: string;
  /** d3 format; absent for text. */
  readonly format?: string;
}

const FIELD = 'mark_text';

/** What the pointer shows of a mark: in panels by Vega's tooltip, in exported files from the mark's description. */
export function markValues(values: readonly MarkValue[]) {
  return {
    transform: { calculate: values.map(expressionOf).join(` + '; ' + `), as: FIELD },
    encoding: {
      tooltip: values.map(({ field, title, format }) =>
        format === undefined
          ? { field, title, type: 'nominal' as const }
          : { field, title, type: 'quantitative' as const, format },
      ),
      description: { field: FIELD, type: 'nominal' as const },
    },
  };
}

function expressionOf({ field, title, format }: MarkValue): string {
  const value = `datum[${JSON.stringify(field)}]`;
  return `${JSON.stringify(`${title}: `)} + ${format === undefined ? value : `format(${value}, '${format}')`}`;
}
