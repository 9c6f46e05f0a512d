import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Core } from '../../src/extension/core';
import { Answers } from './answers';
import { mirrorSmallServer, type MirroredServer } from './support';

type Item = vscode.QuickPickItem;

/** Stands in for the search box: types, and takes what is listed. */
class SearchBox {
  selectedItems: readonly Item[] = [];
  value = '';
  title = '';
  isHidden = false;
  #items: readonly Item[] = [];
  readonly #listed = new vscode.EventEmitter<void>();
  readonly #window = vscode.window as unknown as Record<string, unknown>;
  readonly #original = this.#window['createQuickPick'];
  readonly #values = new vscode.EventEmitter<string>();
  readonly #accepts = new vscode.EventEmitter<void>();
  readonly #hides = new vscode.EventEmitter<void>();
  readonly onDidChangeValue = this.#values.event;
  readonly onDidAccept = this.#accepts.event;
  readonly onDidHide = this.#hides.event;

  constructor() {
    this.#window['createQuickPick'] = () => this;
  }

  show(): void {
    this.isHidden = false;
  }

  hide(): void {
    this.isHidden = true;
    this.#hides.fire();
  }

  type(text: string): void {
    this.value = text;
    this.#values.fire(text);
  }

  pick(item: Item): void {
    this.selectedItems = [item];
    this.#accepts.fire();
  }

  dispose(): void {
    // It is used for all searches of a test.
  }

  restore(): void {
    this.#window['createQuickPick'] = this.#original;
  }

  get items(): readonly Item[] {
    return this.#items;
  }

  set items(items: readonly Item[]) {
    this.#items = items;
    this.#listed.fire();
  }

  /** Waits for an entry that holds a text. */
  async entry(text: RegExp): Promise<Item> {
    for (;;) {
      const found = this.#items.find(({ label, detail }) => text.test(`${label}\n${detail ?? ''}`));
      if (found !== undefined) {
        return found;
      }
      await once(this.#listed.event);
    }
  }
}

function once(event: vscode.Event<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const subscription = event(() => {
      subscription.dispose();
      resolve();
    });
  });
}

describe('searching chats', () => {
  let core: Core;
  let mirrored: MirroredServer;
  let answers: Answers;
  let box: SearchBox;

  before(async () => {
    mirrored = await mirrorSmallServer('search', ({ world }) => {
      const owner = world.chats.all()[0]?.userId ?? '';
      const { id } = world.chats.add(owner, { title: 'Crossing the river' });
      world.chats.addMessage(id, { role: 'user', content: 'How shall the zebra herd cross?' });
    });
    ({ core } = mirrored);
  });
  after(async () => {
    await mirrored.end();
  });
  beforeEach(() => {
    answers = new Answers();
    box = new SearchBox();
  });
  afterEach(async () => {
    box.restore();
    answers.restore();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  function tabs(): string[] {
    return vscode.window.tabGroups.all.flatMap((group) => group.tabs.map(({ label }) => label));
  }

  async function untilTab(title: string): Promise<void> {
    while (!tabs().includes(title)) {
      await once(vscode.window.tabGroups.onDidChangeTabs);
    }
  }

  it('opens the chat that was found, once', async () => {
    const closed = vscode.commands.executeCommand('openwebuiSync.searchChats', '');
    box.type('zebra');
    box.pick(await box.entry(/zebra herd/));
    await closed;
    await untilTab('Crossing the river');

    const again = vscode.commands.executeCommand('openwebuiSync.searchChats');
    assert.equal(box.value, 'zebra', 'what was typed last is there again');
    box.type('crossing');
    box.pick(await box.entry(/Crossing the river\nFound in the title/));
    await again;
    assert.equal(tabs().filter((label) => label === 'Crossing the river').length, 1);
  });

  it('stays open for what is no result, and closes without a choice', async () => {
    const closed = vscode.commands.executeCommand('openwebuiSync.searchChats', 'nosuchword');
    box.pick(await box.entry(/Nothing found/));
    box.type('');
    assert.deepEqual(box.items, []);
    box.hide();
    await closed;
    assert.deepEqual(tabs(), []);
  });

  it('says in one sentence that the privacy mode leaves nothing to find', async () => {
    const search = core.reader.search.bind(core.reader);
    const reader = core.reader as { search: typeof search };
    const warnings = ['There is no text to search.'];
    reader.search = () => Promise.resolve({ hits: [], total: 0, needles: [], warnings });
    try {
      await vscode.commands.executeCommand('openwebuiSync.searchChats', '');
    } finally {
      reader.search = search;
    }
    assert.ok(box.isHidden);
    assert.deepEqual(
      answers.shown.map(({ text }) => text),
      warnings,
    );
  });
});
