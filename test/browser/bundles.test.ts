import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(__dirname, '..', '..', 'dist', 'webview');

/** Most kilobytes (1,000 bytes) that a page may load: growth is a decision, not an accident. */
const BUDGETS: Readonly<Record<string, number>> = {
  'report.js': 900,
  'dashboard.js': 900,
  'toolbar.js': 150,
  'results.js': 90,
  'resultsChart.js': 880,
  'notebook.js': 60,
  'conversation.js': 20,
  'exportRuntime.js': 460,
};

describe('the bundles of webviews', () => {
  it('each have a budget, and keep to it', () => {
    const scripts = readdirSync(folder).filter((name) => name.endsWith('.js'));
    assert.deepEqual([...scripts].sort(), Object.keys(BUDGETS).sort());
    const tooLarge = scripts
      .map((name) => ({ name, kilobytes: statSync(join(folder, name)).size / 1000 }))
      .filter(({ name, kilobytes }) => kilobytes > (BUDGETS[name] ?? 0));
    assert.deepEqual(tooLarge, []);
  });
});

describe('the bundle of Azure’s clients', () => {
  it('keeps to its budget: it is loaded on the main thread when costs are read', () => {
    const kilobytes = statSync(join(folder, '..', 'azure.js')).size / 1000;
    assert.ok(kilobytes < 600, `${kilobytes} kB`);
  });
});

describe('the bundle for warehouses', () => {
  it('keeps to its budget: the command line loads it for each push', () => {
    const kilobytes = statSync(join(folder, '..', 'warehouse.js')).size / 1000;
    assert.ok(kilobytes < 700, `${kilobytes} kB`);
  });
});

describe('the bundle of servers', () => {
  it('keeps to its budget: the command line loads it for each program that asks a model', () => {
    const kilobytes = statSync(join(folder, '..', 'servers.js')).size / 1000;
    assert.ok(kilobytes < 1_200, `${kilobytes} kB`);
  });
});
