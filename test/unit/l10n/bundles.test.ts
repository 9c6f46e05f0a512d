import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isTranslation, keyOf, placeOf, sourcesBelow, walk } from './sourceWords';

type Words = Readonly<Record<string, string | { readonly message: string }>>;

const root = join(__dirname, '..', '..', '..');
const read = (file: string): Words => JSON.parse(readFileSync(join(root, file), 'utf8')) as Words;
const english = read('l10n/bundle.l10n.json');
const german = read('l10n/bundle.l10n.de.json');
const manifestEnglish = read('package.nls.json');
const manifestGerman = read('package.nls.de.json');

const textOf = (entry: Words[string] | undefined): string =>
  typeof entry === 'string' ? entry : (entry?.message ?? '');
const keysBut = (words: Words, others: Words): string[] =>
  Object.keys(words).filter((key) => !(key in others));

/** What of a text must be in its translation too, however often and wherever it stands. */
const KEPT: Readonly<Record<string, RegExp>> = {
  placeholders: /\{\w+\}/g,
  icons: /\$\([a-z~-]+\)/g,
  'commands of links': /\]\(command:[\w.]+\)/g,
  'links to settings': /#openwebuiSync\.[\w.]+#/g,
  backticks: /`/g,
  'bold words': /\*\*/g,
  'ends of lines': /\n/g,
  'spaces at its ends': /^\s+|\s+$/g,
  'dots that more input follows': /(?:\.\.\.|…)(?="?$)/g,
};

/** Texts whose translation lacks something of them, or has more of it. */
function unequal(source: Words, translation: Words): string[] {
  return Object.keys(translation).flatMap((key) =>
    Object.entries(KEPT)
      .filter(([, pattern]) => {
        const parts = (words: Words): string => [...textOf(words[key]).matchAll(pattern)].sort().join();
        return parts(source) !== parts(translation);
      })
      .map(([what]) => `${what}: ${textOf(source[key])} => ${textOf(translation[key])}`),
  );
}

describe('the words of the product', () => {
  it('are those of the sources (npm run l10n collects them)', () => {
    const keys = new Set<string>();
    const unreadable: string[] = [];
    for (const source of sourcesBelow()) {
      walk(source.file, (node) => {
        if (isTranslation(node)) {
          const key = keyOf(node);
          if (key === undefined) {
            unreadable.push(placeOf(source, node));
          } else {
            keys.add(key);
          }
        }
        return undefined;
      });
    }
    assert.deepEqual(unreadable, []);
    assert.deepEqual(
      [...keys].filter((key) => !(key in english)),
      [],
    );
    assert.deepEqual(
      Object.keys(english).filter((key) => !keys.has(key)),
      [],
    );
  });

  it('have German each, and no German is left of words that are gone', () => {
    assert.deepEqual(keysBut(english, german), []);
    assert.deepEqual(keysBut(german, english), []);
  });

  it('keep in German what is filled in, linked, marked or followed by more', () => {
    assert.deepEqual(unequal(english, german), []);
  });

  it('of the manifest have German each, with the same links and marks', () => {
    assert.deepEqual(keysBut(manifestEnglish, manifestGerman), []);
    assert.deepEqual(keysBut(manifestGerman, manifestEnglish), []);
    assert.deepEqual(unequal(manifestEnglish, manifestGerman), []);
  });

  it('are called the same in menus and in what is said about them', () => {
    const titles = Object.keys(manifestEnglish).filter((key) => key.startsWith('command.'));
    const twice = titles.filter((key) => textOf(manifestEnglish[key]) in german);
    const different = twice.filter(
      (key) => textOf(manifestGerman[key]) !== textOf(german[textOf(manifestEnglish[key])]),
    );
    assert.deepEqual(different, []);
  });
});
