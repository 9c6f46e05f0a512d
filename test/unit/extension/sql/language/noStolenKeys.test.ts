import assert from 'node:assert/strict';
import { contributes } from '../../../../../package.json';

interface Entry {
  readonly command?: string;
  readonly when?: string;
}

const menus = contributes.menus as Readonly<Record<string, readonly Entry[]>>;
const OTHER_SQL = /editorLangId\s*==\s*sql\b|resourceLangId\s*==\s*sql\b|resourceExtname\s*==\s*\.sql/;

describe('documents of other languages', () => {
  it('get no button, no key and no line in their menus from the query language', () => {
    const shown = Object.entries(menus)
      .filter(([menu]) => menu !== 'commandPalette')
      .flatMap(([, entries]) => entries);
    const taken = [...shown, ...(contributes.keybindings as readonly Entry[])].filter(({ when }) =>
      OTHER_SQL.test(when ?? ''),
    );
    assert.deepEqual(taken, []);
  });

  it('that are SQL find the commands in the palette', () => {
    const offered = (menus['commandPalette'] ?? [])
      .filter(({ when }) => OTHER_SQL.test(when ?? '') && !(when ?? '').includes('&&'))
      .map(({ command }) => command);
    assert.deepEqual(offered.sort(), [
      'openwebuiSync.explainQuery',
      'openwebuiSync.runQuery',
      'openwebuiSync.useAsMirrorQuery',
    ]);
  });

  it('keep .sql: the query language has an ending of its own', () => {
    const ours = contributes.languages.find(({ id }) => id === 'openwebui-sql');
    assert.deepEqual(ours?.extensions, ['.owsql']);
  });

  it('keep the keys of notebooks, whose cells may be in our language', () => {
    const keys = (contributes.keybindings as readonly Entry[]).filter(
      ({ command }) => command === 'openwebuiSync.runQuery',
    );
    assert.ok(keys.length > 0);
    for (const { when } of keys) {
      assert.match(when ?? '', /!notebookEditorFocused/);
    }
  });
});
