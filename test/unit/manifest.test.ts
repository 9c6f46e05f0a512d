import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMMAND_IDS } from '../../src/extension/commands/commandIds';
import { MILESTONES } from '../../src/extension/help/milestones';
import { NUMBER_RANGES, SETTING_KEYS, TIMER_SCHEDULES } from '../../src/extension/settings';

const root = join(__dirname, '..', '..');

interface Property {
  readonly scope?: string;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly string[];
  readonly markdownEnumDescriptions?: readonly string[];
  readonly markdownDescription?: string;
}

interface Manifest {
  readonly icon: string;
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category?: string;
    }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
    readonly keybindings: readonly { readonly command: string; readonly when?: string }[];
    readonly configuration: readonly { readonly properties: Readonly<Record<string, Property>> }[];
  };
}

const text = readFileSync(join(root, 'package.json'), 'utf8');
const words = JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8')) as Readonly<
  Record<string, string>
>;
const said = (value: string): string => words[value.replaceAll('%', '')] ?? value;
const { contributes, ...manifest } = JSON.parse(text) as Manifest;
const sources = readSources(join(root, 'src', 'extension'));
const settings = Object.assign(
  {},
  ...contributes.configuration.map(({ properties }) => properties),
) as Readonly<Record<string, Property>>;

function readSources(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
}

/** Keys such as `openwebuiSync.hasInstances` in all `when` and `enablement` clauses and in the walkthrough. */
function contextKeysOfManifest(): Set<string> {
  const clauses = [...text.matchAll(/"(?:(?:when|enablement)": "|onContext:)((?:[^"\\]|\\.)*)"/g)].map(
    ([, clause]) => clause ?? '',
  );
  const names = clauses.flatMap((clause) =>
    [...clause.matchAll(/openwebuiSync\.(\w+)/g)].map(([, name]) => name ?? ''),
  );
  return new Set(
    names.filter(
      (name) =>
        !['instances', 'costs', 'schema', 'queries', 'reports', 'results', 'resultTab', 'report'].includes(
          name,
        ),
    ),
  );
}

describe('the manifest', () => {
  it('contributes exactly the commands that the code knows', () => {
    assert.deepEqual(contributes.commands.map(({ command }) => command).sort(), [...COMMAND_IDS].sort());
  });

  it('contributes only commands that a feature registers', () => {
    const registered = new Set(
      [...sources.matchAll(/registerCommand\(\s*[`'"]openwebuiSync\.([\w${}]+)[`'"]/g)].map(
        ([, name]) => name,
      ),
    );
    // These are registered by one loop.
    const byLoop = ['sync', 'fullSync', 'reconcile'];
    const missing = COMMAND_IDS.map((id) => id.replace('openwebuiSync.', '')).filter(
      (name) => !registered.has(name) && !byLoop.includes(name),
    );
    assert.deepEqual(missing, []);
  });

  it('gives each command a title and the category', () => {
    for (const { command, title, category } of contributes.commands) {
      assert.equal(said(category ?? ''), 'OpenWebUI Sync', command);
      assert.match(said(title), /^[A-Z]/, command);
    }
  });

  it('says everything in words that exist, and has no word too many', () => {
    const used = [...text.matchAll(/"%([^"%]+)%"/g)].map(([, key]) => key ?? '');
    assert.deepEqual([...new Set(used)].sort(), Object.keys(words).sort());
  });

  it('names only its own commands in menus and key bindings', () => {
    // Cells of notebooks are run by VS Code.
    const known = new Set<string>([...COMMAND_IDS, 'notebook.cell.execute']);
    const used = [...Object.values(contributes.menus).flat(), ...contributes.keybindings];
    assert.deepEqual(
      used.map(({ command }) => command).filter((command) => !known.has(command)),
      [],
    );
  });

  it('binds keys only inside its own language and notebooks', () => {
    for (const { command, when } of contributes.keybindings) {
      assert.match(
        when ?? '',
        /editorLangId == openwebui-sql|notebookType == openwebui-sql-notebook/,
        command,
      );
    }
  });

  it('uses exactly the context keys that the code sets', () => {
    const list = /CONTEXT_KEYS = \[([^\]]*)\]/.exec(sources)?.[1] ?? '';
    const inCode = [...list.matchAll(/'(\w+)'/g)].map(([, key]) => key ?? '');
    assert.deepEqual([...contextKeysOfManifest()].sort(), inCode.sort());
    // These are set by one loop.
    for (const key of inCode.filter((each) => !(MILESTONES as readonly string[]).includes(each))) {
      assert.match(sources, new RegExp(`setContextKey\\(\\s*'${key}'`), `${key} is never set`);
    }
  });

  it('looks only for tokens that tree lines have', () => {
    const tokens = [...text.matchAll(/viewItem =~ \/\\\\b(\w+)=(\w+)\\\\b\//g)].map(
      ([, key, value]) => `${key}=${value}`,
    );
    assert.deepEqual([...new Set(tokens)].sort(), [
      'auth=needed',
      'auth=ok',
      'fact=azureSignIn',
      'fact=held',
      'fact=unmapped',
      'file=own',
      'group=history',
      'group=mine',
      'held=some',
      'place=history',
      'place=mine',
      'place=saved',
      'retry=offered',
      'source=azure',
      'state=idle',
      'state=running',
      'type=column',
      'type=costScope',
      'type=dashboard',
      'type=demo',
      'type=demoInstance',
      'type=instance',
      'type=query',
      'type=report',
      'type=run',
      'type=table',
    ]);
  });

  it('contributes exactly the settings that the code reads', () => {
    const keys = SETTING_KEYS.map((key) => `openwebuiSync.${key}`);
    assert.deepEqual(Object.keys(settings).sort(), keys.sort());
  });

  it('keeps settings out of the reach of workspaces, each with a default and a description', () => {
    for (const [key, { scope, default: value, markdownDescription }] of Object.entries(settings)) {
      assert.equal(scope, 'application', key);
      assert.notEqual(value, undefined, key);
      assert.ok(markdownDescription, key);
    }
  });

  it('has the bounds and defaults of the code', () => {
    for (const [key, range] of Object.entries(NUMBER_RANGES)) {
      const property = settings[`openwebuiSync.${key}`];
      const { default: fallback, minimum, maximum } = property ?? {};
      assert.deepEqual({ fallback, minimum, maximum }, range, key);
    }
    const schedule = settings['openwebuiSync.timer.schedule'];
    assert.deepEqual(schedule?.enum, TIMER_SCHEDULES);
    assert.equal(schedule.markdownEnumDescriptions?.length, TIMER_SCHEDULES.length);
  });

  it('names only files that exist', () => {
    const paths = [...text.matchAll(/"(?:icon|light|dark|path|configuration)": "(?:\.\/)?(media\/[^"]+)"/g)];
    assert.ok(paths.length > 0);
    for (const [, path] of paths) {
      assert.ok(existsSync(join(root, path ?? '')), path);
    }
  });

  it('never activates on everything', () => {
    assert.ok(!manifest.activationEvents.includes('*'));
  });
});
