/** One measured number, as `--json` writes it. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: 'ms' | 's' | 'calls' | 'MB' | '%' | 'k messages/s';
  /** What it is compared with in the same run: machines differ, ratios hardly do. */
  readonly ratio?: { readonly to: string; readonly value: number };
  readonly goal?: { readonly text: string; readonly isMet: boolean };
  /** What it was measured on. */
  readonly data: string;
}

/** Middle value; of an even count the upper one. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

/** How many times as much, rounded so that two runs can be compared by eye. */
export function times(value: number, of: number): number {
  return Number((value / of).toPrecision(3));
}

/** One figure as a line for people. */
export function figureLine({ name, value, unit, ratio, goal, data }: Figure): string {
  const number = value < 10 ? value.toFixed(2) : Math.round(value).toLocaleString('en-US');
  const compared = ratio === undefined ? '' : `  ${ratio.value}x of ${ratio.to}`;
  const met = goal === undefined ? '' : `  [goal ${goal.text}: ${goal.isMet ? 'met' : 'MISSED'}]`;
  return `${name}: ${number} ${unit}${compared}${met}  (${data})`;
}
