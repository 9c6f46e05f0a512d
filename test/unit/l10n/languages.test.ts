import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { config } from '@vscode/l10n';
import { treeOf } from '../../../src/extension/views/nodes';
import { runText } from '../../../src/extension/views/runText';
import { finishedText, statusBarModel } from '../../../src/extension/views/statusBarModel';
import { aMirrorStatus, aRun, aStatus, aView, NOW } from '../extension/builders';
import { RENDERED } from './rendered';
import { RENDERED_COSTS } from './renderedCosts';

type Words = Readonly<Record<string, string | { readonly message: string }>>;

const root = join(__dirname, '..', '..', '..');
const bundle = (file: string): Words => JSON.parse(readFileSync(join(root, 'l10n', file), 'utf8')) as Words;

/** Every text of the product in brackets. */
function bracketed(): Record<string, string> {
  const english = Object.entries(bundle('bundle.l10n.json'));
  return Object.fromEntries(
    english.map(([key, entry]) => [key, `[${typeof entry === 'string' ? entry : entry.message}]`]),
  );
}

/** What is read, without texts in brackets, icons, names of products, addresses and units. */
function outside(text: string): string {
  let rest = text.replaceAll('\\', '').replace(/\$\([a-z~-]+\)/g, '');
  for (let before = ''; before !== rest;) {
    before = rest;
    rest = rest.replace(/\[[^[\]]*\]/g, '');
  }
  return rest.replace(/OpenWebUI Sync|Open WebUI|https?:\/\/\S+|\b(?:s|min|h|B|kB|MB|GB|forbidden)\b/g, '');
}

describe('the languages of the product', () => {
  afterEach(() => config({ contents: {} }));

  for (const [name, render] of Object.entries({ ...RENDERED, ...RENDERED_COSTS })) {
    it(`reach all of ${name}, whose module was loaded before the language was known`, () => {
      config({ contents: bracketed() });
      const texts = render().filter((text) => text !== '');
      assert.ok(texts.length > 0);
      assert.deepEqual(
        texts
          .filter((text) => /[A-Za-z]{2,}/.test(outside(text)))
          .map((text) => `${outside(text)} <= ${text}`),
        [],
      );
    });
  }

  it('show a tree, the status bar and a run in German', () => {
    config({ contents: bundle('bundle.l10n.de.json') as Record<string, string> });
    const view = aView({ nextRuns: new Map([[1, NOW + 600_000]]) });
    const [node] = treeOf(view);
    assert.equal(node?.description, '482 Chats · letzte Synchronisierung 14:30 · nächste 15:00');
    assert.deepEqual(
      node.children.slice(0, 3).map(({ label }) => label),
      ['38 Nutzer', '482 Chats', '1.245 Nachrichten'],
    );
    assert.equal(statusBarModel(view)?.text, '$(sync) 482 Chats');
    assert.match(
      runText(aRun(), 'fasgpt', 'UTC'),
      /^Inkrementelle Synchronisierung von fasgpt\n=+\n\nStatus +fertig\n/,
    );
    assert.equal(finishedText([aRun()], ['fasgpt']), 'fasgpt synchronisiert: 12 neu, 3 geändert');
  });

  it('count one and several in German', () => {
    config({ contents: bundle('bundle.l10n.de.json') as Record<string, string> });
    const view = aView({ status: aMirrorStatus(aStatus({ users: 1, chats: 1, messages: 1_245_000 })) });
    assert.deepEqual(
      treeOf(view)[0]
        ?.children.slice(0, 3)
        .map(({ label }) => label),
      ['1 Nutzer', '1 Chat', '1.245.000 Nachrichten'],
    );
  });

  it('stay English where no words are given', () => {
    assert.equal(statusBarModel(aView())?.text, '$(sync) 482 chats');
  });
});
