import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import manifest from '../../package.json';
import words from '../../package.nls.json';
import { COMMAND_IDS } from '../../src/extension/commands/commandIds';

const ROOT = join(__dirname, '..', '..');
const EXTENSION = join(ROOT, 'src', 'extension');
const said = (value: string): string =>
  (words as Readonly<Record<string, string>>)[value.replaceAll('%', '')] ?? value;

const { contributes } = manifest;

/** Every source of the extension by its path below `src/extension`, with `/`. */
const sources: ReadonlyMap<string, string> = new Map(
  readdirSync(EXTENSION, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => [name.split(sep).join('/'), readFileSync(join(EXTENSION, name), 'utf8')]),
);
const allSources = [...sources.values()].join('\n');

/** Ids of commands in links such as `[Sync](command:openwebuiSync.sync)`. */
function linkedCommands(text: string): string[] {
  return [...text.matchAll(/\(command:([\w.]+)/g)].map(([, id = '']) => id);
}

describe('the titles of commands', () => {
  /** What asks for more than which instance is meant, or opens a dialog, before anything happens. */
  const ASKING: ReadonlySet<string> = new Set(
    [
      'addInstance',
      'editInstance',
      'removeInstance',
      'signIn',
      'changePrivacy',
      'erasePerson',
      'reviewDeletions',
      'startTimer',
      'chooseReport',
      'chooseReportSource',
      'addWarehouse',
      'enterWarehousePassword',
      'installSchedule',
      'removeWarehouse',
      'pushToWarehouse',
      'openSavedReport',
      'saveQueryAsReport',
      'exportReport',
      'exportAllReports',
      'writeChanges',
      'confirmPrices',
      'setBudget',
      'excludeAccounts',
      'mergeAccounts',
      'connectAzureCost',
      'signInToAzure',
      'mapAzureResources',
      'importCostFile',
      'enterInvoice',
      'chooseCostBasis',
      'disconnectAzureCost',
      'searchChats',
      'freeUpSpace',
      'copyDatabase',
      'exportData',
      'restoreBackup',
      'changeZone',
      'reportIssue',
      'saveResult',
      'copyResult',
      'changeAiAccess',
      'pinQuery',
      'renameQuery',
      'clearQueryHistory',
      'saveNotebookOutputs',
      'changeQueryParameters',
      'chooseQueryData',
      'saveQuery',
      'openReportFor',
      'exportListedReport',
      'renameSavedReport',
    ].map((name) => `openwebuiSync.${name}`),
  );

  for (const { command, title } of contributes.commands) {
    it(`${command}: ends in dots if more is asked, and only then`, () => {
      assert.equal(said(title).endsWith('...'), ASKING.has(command), said(title));
    });
  }

  it('are verb phrases in title case, without a full stop or picture', () => {
    for (const { title } of contributes.commands) {
      const text = said(title).replace(/\.\.\.$/, '');
      assert.match(text, /^[A-Z][\w ’]*$/, text);
      const small = new Set(['a', 'an', 'and', 'as', 'for', 'in', 'of', 'or', 'the', 'to', 'with']);
      const untitled = text.split(' ').filter((word) => /^[a-z]/.test(word) && !small.has(word));
      assert.deepEqual(untitled, [], text);
    }
  });
});

describe('commands in the palette', () => {
  /** What works in every window, before anything was added. */
  const ALWAYS: Readonly<Record<string, string>> = {
    addInstance: 'is the beginning',
    connectAzureCost: 'is the beginning of costs',
    importCostFile: 'is the same without a role in Azure',
    startTimer: 'is a setting, which waits for instances',
    removeWarehouse: 'says that there is none',
    newReport: 'writes a file',
    openReportsFolder: 'makes the folder',
    newQuery: 'opens an editor',
    newNotebook: 'opens an editor',
    openQueriesFolder: 'makes the folder',
    clearQueryHistory: 'has nothing to do where there is none',
    freeUpSpace: 'says that there is nothing to free',
    copyDatabase: 'says what to do first',
    restoreBackup: 'finds backups where the database is gone',
    checkDatabase: 'looks at whatever is there',
    copyDatabasePath: 'is known before the first sync',
    changeZone: 'holds for what is synced later',
    showLog: 'is there from the start',
    openWalkthrough: 'is the beginning',
    reportIssue: 'may be about the beginning',
  };

  it('are offered only where they work', () => {
    const palette = new Set(contributes.menus.commandPalette.map(({ command }) => command));
    const unconditional = contributes.commands
      .filter((command) => !('enablement' in command) && !palette.has(command.command))
      .map(({ command }) => command.replace('openwebuiSync.', ''));
    assert.deepEqual(unconditional.sort(), Object.keys(ALWAYS).sort());
  });
});

describe('the walkthrough', () => {
  const [walkthrough, ...others] = contributes.walkthroughs;
  assert.ok(walkthrough);

  it('is one, of at most six steps', () => {
    assert.deepEqual(others, []);
    assert.ok(walkthrough.steps.length <= 6);
  });

  it('is opened by a command of its own, and by nothing else', () => {
    const opening = [...sources].filter(([, text]) => text.includes('workbench.action.openWalkthrough'));
    assert.deepEqual(
      opening.map(([file]) => file),
      ['help/helpFeature.ts'],
    );
    const mentioning = [...sources].filter(([, text]) => text.includes("'openwebuiSync.openWalkthrough'"));
    // Its id, its handler, and the list that a person opens to choose from.
    assert.deepEqual(mentioning.map(([file]) => file).sort(), [
      'commands/actionsFeature.ts',
      'commands/commandIds.ts',
      'help/helpFeature.ts',
    ]);
  });

  for (const { id, description, media, completionEvents } of walkthrough.steps) {
    it(`${id}: has one button, a command of ours, and completes by what has happened`, () => {
      const commands = linkedCommands(said(description));
      assert.equal(commands.length, 1);
      assert.ok((COMMAND_IDS as readonly string[]).includes(commands[0] ?? ''), commands[0]);
      assert.ok(completionEvents.length > 0);
      for (const event of completionEvents) {
        assert.match(event, /^onContext:openwebuiSync\.(?:has|is)[A-Z]\w*$/);
      }
    });

    it(`${id}: has a picture in the colours of the theme, described in words`, () => {
      const svg = readFileSync(join(ROOT, media.svg), 'utf8');
      const colours = [...svg.matchAll(/(?:fill|stroke)="([^"]*)"/g)].map(([, colour = '']) => colour);
      assert.ok(colours.length > 0);
      assert.deepEqual(
        colours.filter((colour) => colour !== 'none' && !/^var\(--vscode-[\w-]+, [^)]+\)$/.test(colour)),
        [],
      );
      assert.doesNotMatch(svg, /<script|<image|href|url\(|style=/);
      assert.ok(said(media.altText).length > 20);
    });
  }
});

describe('welcome views', () => {
  it('lead only to commands of ours', () => {
    const linked = contributes.viewsWelcome.flatMap(({ contents }) => linkedCommands(said(contents)));
    assert.ok(linked.length > 0);
    const known = new Set<string>(COMMAND_IDS);
    assert.deepEqual(
      linked.filter((id) => !known.has(id)),
      [],
    );
  });
});

describe('views and pages', () => {
  it('have an icon each', () => {
    for (const view of Object.values(contributes.views).flat()) {
      assert.ok(view.icon, view.id);
    }
  });

  it('come back after a restart: each type of page has a serializer and its activation event', () => {
    const constants = new Map(
      [...allSources.matchAll(/export const (\w+) = '(openwebuiSync\.\w+)'/g)].map(
        ([, name = '', value = '']) => [name, value],
      ),
    );
    const types = (call: string): string[] =>
      [...allSources.matchAll(new RegExp(`\\.${call}\\(\\s*(\\w+)`, 'g'))].map(
        ([, name = '']) => constants.get(name) ?? name,
      );
    const pages = new Set(types('createWebviewPanel'));
    assert.ok(pages.size >= 3);
    assert.deepEqual([...new Set(types('registerWebviewPanelSerializer'))].sort(), [...pages].sort());
    const events = manifest.activationEvents.flatMap(
      (event) => /^onWebviewPanel:(.+)$/.exec(event)?.[1] ?? [],
    );
    assert.deepEqual(events.sort(), [...pages].sort());
  });
});

interface Property {
  readonly type: string;
  readonly scope: string;
  readonly order: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly patternErrorMessage?: string;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly markdownEnumDescriptions?: readonly string[];
  readonly enumItemLabels?: readonly string[];
  readonly markdownDescription: string;
}

describe('settings', () => {
  const categories = contributes.configuration as unknown as readonly {
    readonly title: string;
    readonly order: number;
    readonly properties: Readonly<Record<string, Property>>;
  }[];
  const all = categories.flatMap(({ properties }) => Object.entries(properties));
  const ids = new Set(all.map(([id]) => id));

  it('are in categories with an order of their own, and in order within', () => {
    const inOrder = (orders: readonly number[]): void =>
      assert.deepEqual(
        orders,
        orders.map((_, index) => index + 1),
      );
    inOrder(categories.map(({ order }) => order));
    for (const { properties } of categories) {
      inOrder(Object.values(properties).map(({ order }) => order));
    }
  });

  it('are of types that the settings editor can show', () => {
    assert.doesNotMatch(JSON.stringify(categories), /\$ref/);
    for (const [id, { type }] of all) {
      assert.ok(['string', 'boolean', 'number', 'integer'].includes(type), id);
    }
  });

  it('say what they take: bounds, choices or a pattern', () => {
    /** Any text is a folder inside the workspace. */
    const FREE = new Set(['openwebuiSync.export.folder']);
    for (const [id, property] of all) {
      const { type, minimum, maximum, pattern, patternErrorMessage } = property;
      if (type === 'number' || type === 'integer') {
        assert.ok(minimum !== undefined && maximum !== undefined, id);
      } else if (type === 'string' && property.enum === undefined && !FREE.has(id)) {
        assert.ok(pattern !== undefined && patternErrorMessage !== undefined, id);
      }
    }
  });

  it('have a label and a description for each choice', () => {
    for (const [id, property] of all.filter(([, each]) => each.enum !== undefined)) {
      const descriptions = property.enumDescriptions ?? property.markdownEnumDescriptions;
      assert.equal(descriptions?.length, property.enum?.length, id);
      assert.equal(property.enumItemLabels?.length, property.enum?.length, id);
    }
  });

  it('link only to settings that exist', () => {
    const texts = Object.entries(words).filter(([key]) => key.startsWith('setting.'));
    const links = texts.flatMap(([, text]) =>
      [...text.matchAll(/`#(openwebuiSync\.[\w.]+)#`/g)].map(([, id = '']) => id),
    );
    assert.ok(links.length > 0);
    assert.deepEqual(
      links.filter((id) => !ids.has(id)),
      [],
    );
  });

  it('show links only where the editor makes links of them', () => {
    const plain = all.flatMap(([, { enumDescriptions = [] }]) => enumDescriptions.map(said));
    assert.deepEqual(
      plain.filter((text) => text.includes('#')),
      [],
    );
  });
});

describe('where it runs', () => {
  it('is said: on the side of the person first, in untrusted and virtual workspaces too', () => {
    assert.deepEqual(manifest.extensionKind, ['ui', 'workspace']);
    assert.equal(manifest.capabilities.untrustedWorkspaces.supported, true);
    assert.equal(manifest.capabilities.virtualWorkspaces, true);
    assert.ok(!('browser' in manifest));
  });

  it('is said in the documentation, for each place', () => {
    const page = readFileSync(join(ROOT, 'docs', 'where-it-runs.md'), 'utf8');
    for (const place of [
      'SSH',
      'WSL',
      'Dev Containers',
      'Codespaces',
      'vscode.dev',
      'remote.extensionKind',
    ]) {
      assert.ok(page.includes(place), place);
    }
  });
});

describe('the package', () => {
  it('has at most five keywords, and depends on nothing that tells others what people do', () => {
    assert.ok(manifest.keywords.length <= 5);
    const telling = /telemetry|applicationinsights|analytics|sentry|posthog|segment|amplitude|mixpanel/i;
    assert.deepEqual(
      Object.keys(manifest.devDependencies).filter((name) => telling.test(name)),
      [],
    );
    assert.doesNotMatch(allSources, /createTelemetryLogger/);
  });

  it('shows pictures that are there', () => {
    const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
    const pictures = [...readme.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, path = '']) => path);
    assert.ok(pictures.length > 0);
    for (const path of pictures) {
      assert.ok(existsSync(join(ROOT, path)), path);
    }
  });
});

describe('dialogs that stop everything', () => {
  /** Only where data would be lost, or a person's decision could not be taken back. */
  const REASONS: Readonly<Record<string, string>> = {
    'backups/restoreBackup.ts': 'what is shown now goes out of sight',
    'costs/disconnectAzure.ts': 'costs that were read can be deleted for good',
    'comparing/reviewDeletions.ts': 'rows are marked deleted',
    'instances/addInstance.ts': 'says what will be stored before anything is',
    'instances/removeInstance.ts': 'the instance, its key and its rows go',
    'notebook/notebookFeature.ts': 'rows leave the data folder with the file',
    'privacy/purge.ts': 'rows and files are deleted for good',
    'queries/queryCommands.ts': 'saved queries and the history are deleted for good',
    'space/freeUpSpace.ts': 'text of messages is deleted for good',
    'warehouses/warehousesFeature.ts': 'a warehouse loses what a restored mirror has not',
    'warehouses/removeWarehouse.ts': 'the address and its password go, and erasures no longer reach it',
  };

  it('are these and no others', () => {
    const modal = [...sources]
      .filter(([file, text]) => file !== 'confirm.ts' && /modal: true|\bconfirm\(/.test(text))
      .map(([file]) => file);
    assert.deepEqual(modal.sort(), Object.keys(REASONS).sort());
  });
});

describe('messages that nobody asked for', () => {
  /** Modules that work without a command: what they say goes through the notices, which can be hidden. */
  const BY_THEMSELVES = [
    'createCore.ts',
    'changes/weeklyLetters.ts',
    'costs/budget/budgetFeature.ts',
    'costs/costTimer.ts',
    'help/settingsNotice.ts',
    'help/zoneNotice.ts',
    'space/spaceFeature.ts',
    'timer/timer.ts',
    'mirrorState.ts',
  ];

  for (const file of BY_THEMSELVES) {
    it(`${file}: shows none by itself and takes no focus`, () => {
      const text = sources.get(file);
      assert.ok(text, `${file} is gone`);
      assert.doesNotMatch(text, /show(?:Information|Warning|Error)Message\(/);
      assert.doesNotMatch(text, /showTextDocument|\.reveal\(|\.focus'|createWebviewPanel/);
    });
  }

  it('can all be hidden', () => {
    const direct = [...sources].filter(([, text]) => /\bshowMessage\(/.test(text)).map(([file]) => file);
    assert.deepEqual(direct.sort(), ['help/showMessage.ts', 'syncing/presenter.ts']);
  });
});
