// npm run l10n: collects the words of the sources into l10n/bundle.l10n.json and says which have no German.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sayFailure } from './lib/console.mjs';
import { rootDir } from './lib/paths.mjs';
import { runMain } from './lib/processes.mjs';
import { bundleText, ENGLISH_BUNDLE, sorted, wordsOfSources } from './lib/words.mjs';

const GERMAN_BUNDLE = join(rootDir, 'l10n', 'bundle.l10n.de.json');

async function main() {
  const words = await wordsOfSources();
  writeFileSync(ENGLISH_BUNDLE, bundleText(words));
  const german = JSON.parse(readFileSync(GERMAN_BUNDLE, 'utf8'));
  writeFileSync(GERMAN_BUNDLE, bundleText(sorted(german)));
  const missing = Object.keys(words).filter((key) => !(key in german));
  const useless = Object.keys(german).filter((key) => !(key in words));
  console.log(`${Object.keys(words).length} texts are in l10n/bundle.l10n.json.`);
  tell('No German:', missing);
  tell('German of no text:', useless);
  return missing.length + useless.length === 0 ? 0 : 1;
}

function tell(heading, keys) {
  if (keys.length > 0) {
    console.log([heading, ...keys.map((key) => `  ${JSON.stringify(key)}`)].join('\n'));
  }
}

await runMain(main, sayFailure);
