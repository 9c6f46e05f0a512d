// The words of the product that people read, and their translations.
import { getL10nJson } from '@vscode/l10n-dev';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootDir } from './paths.mjs';

export const ENGLISH_BUNDLE = join(rootDir, 'l10n', 'bundle.l10n.json');

/** Every text that sources give to `l10n.t`, by its key in bundles, in the order of the keys. */
export async function wordsOfSources() {
  const folder = join(rootDir, 'src');
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.m?ts$/.test(name))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .filter((contents) => contents.includes('l10n.t('));
  const words = await getL10nJson(sources.map((contents) => ({ contents, extension: '.ts' })));
  return sorted(words);
}

/** The entries in the order of their keys, whatever the language of the machine. */
export function sorted(words) {
  return Object.fromEntries(Object.entries(words).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

/** A bundle as its file holds it. */
export function bundleText(words) {
  // Lists of one comment stand on one line, as the formatter has them.
  const text = JSON.stringify(words, undefined, 2).replace(/\[\n\s+("(?:[^"\\]|\\.)*")\n\s+\]/g, '[$1]');
  return `${text}\n`;
}
