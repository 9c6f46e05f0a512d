import * as l10n from '@vscode/l10n';
import type { TopLevelSpec } from 'vega-lite';

/** A spec that people edit: it names its data, which the page puts in. */
export type SpecReading =
  { readonly spec: TopLevelSpec; readonly problem?: undefined } | { readonly problem: string };

/** What would load or run something from elsewhere, or change how the page embeds charts. */
const REFUSED = new Set(['url', 'href', 'datasets', 'usermeta']);

/** The spec as its document shows it. */
export function specText(spec: TopLevelSpec): string {
  return `${JSON.stringify(spec, undefined, 2)}\n`;
}

/** Reads a spec of Vega-Lite that a person wrote. The chart's rows are its data; everything that loads is refused. */
export function readSpec(text: string, dataset: string): SpecReading {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    return {
      problem: l10n.t('This is no JSON: {0}', error instanceof Error ? error.message : String(error)),
    };
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    return { problem: l10n.t('A spec is a JSON object.') };
  }
  const refused = refusedKey(parsed);
  if (refused !== undefined) {
    return {
      problem: l10n.t('Leave out "{0}": the chart draws the rows of its result and loads nothing.', refused),
    };
  }
  return { spec: { ...parsed, data: { name: dataset } } as unknown as TopLevelSpec };
}

function refusedKey(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  for (const [key, inner] of Object.entries(value)) {
    // A field of the rows may have any name, as may the value of a property.
    const refused = !Array.isArray(value) && REFUSED.has(key) ? key : refusedKey(inner);
    if (refused !== undefined) {
      return refused;
    }
  }
  return undefined;
}
