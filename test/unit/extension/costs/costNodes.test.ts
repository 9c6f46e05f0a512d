import assert from 'node:assert/strict';
import { costRunText } from '../../../../src/extension/views/costs/costRunText';
import { costTree } from '../../../../src/extension/views/costs/costNodes';
import type { CostView } from '../../../../src/extension/views/costs/costView';
import { aConnection, aCostRun, aCostView, aScopeStatus, HALF_PAST_TWO, SUBSCRIPTION } from './builders';

/** The first line of the view. */
function firstOf(overrides: Partial<CostView> = {}) {
  const [node] = costTree(aCostView(overrides));
  assert.ok(node);
  return node;
}

/** What stands below it, `label: description`. */
function linesOf(overrides: Partial<CostView> = {}): string[] {
  return firstOf(overrides).children.map(({ label, description = '' }) => `${label}: ${description}`);
}

describe('the view of costs', () => {
  it('has nothing to show before something is connected or imported', () => {
    assert.deepEqual(costTree(aCostView({ connections: [], scopes: [] })), []);
  });

  it('says what the newest month cost, and to which day that is known', () => {
    const { label, description, contextValue, icon } = firstOf();
    assert.equal(label, 'Production');
    assert.equal(description, '2026-03: 1,234.56 EUR · known to 2026-03-16');
    assert.equal(contextValue, 'type=costScope,source=azure,state=idle,auth=ok');
    assert.equal(icon.id, 'credit-card');
  });

  it('never adds currencies', () => {
    const newestMonth = [
      { month: '2026-03', currency: 'EUR', cost: 10 },
      { month: '2026-03', currency: 'USD', cost: 0.0042 },
    ];
    assert.equal(
      firstOf({ scopes: [aScopeStatus({ newestMonth })] }).description,
      '2026-03: 10.00 EUR · 2026-03: 0.0042 USD · known to 2026-03-16',
    );
  });

  it('lists what is known below, then the runs', () => {
    assert.deepEqual(linesOf(), [
      'Actual cost of 2026-03: 1,234.56 EUR',
      'Known to: 2026-03-16 (UTC) · 13 months',
      'Last cost sync: 14:30 · 3 calls',
      'Cost sync: 14:29 · 40 s · 2 months · 3 calls',
    ]);
  });

  it('says until when Azure throttles', () => {
    const scopes = [aScopeStatus({ retryAfter: HALF_PAST_TWO + 3600 })];
    assert.match(firstOf({ scopes }).description ?? '', /throttled until 15:30$/);
    assert.ok(linesOf({ scopes }).includes('Azure is throttling: until 15:30'));
  });

  it('forgets a throttling that is over', () => {
    const scopes = [aScopeStatus({ retryAfter: HALF_PAST_TWO })];
    assert.match(firstOf({ scopes }).description ?? '', /known to 2026-03-16$/);
    assert.ok(!linesOf({ scopes }).some((line) => line.startsWith('Azure is throttling')));
  });

  it('asks to sign in, and offers it', () => {
    const node = firstOf({
      signInProblems: new Map([['c-1', 'Sign in to Azure again: run Sign In to Azure.']]),
    });
    assert.match(node.description ?? '', /sign-in needed$/);
    assert.match(node.contextValue, /auth=needed/);
    assert.equal(node.icon.id, 'key');
    const [problem] = node.children;
    assert.equal(problem?.label, 'Sign in to Azure again: run Sign In to Azure.');
    assert.equal(problem.click?.command, 'openwebuiSync.signInToAzure');
  });

  it('names resources that serve no instance yet, and where to say so', () => {
    const node = firstOf({ scopes: [aScopeStatus({ unmappedResources: 2 })] });
    const [first] = node.children;
    assert.equal(first?.label, '2 resources without an instance');
    assert.equal(first.click?.command, 'openwebuiSync.mapAzureResources');
    assert.match(node.contextValue, /map=needed/);
  });

  it('says why the last run failed, and that days were restated', () => {
    const failed = aCostRun({ status: 'failed', error: 'The role is missing.' });
    const failing = firstOf({ scopes: [aScopeStatus({ runs: [failed] })] });
    assert.equal(failing.children[0]?.label, 'The role is missing.');
    assert.equal(failing.icon.id, 'error');
    assert.match(failing.description ?? '', /failed 14:30$/);
    const restated = linesOf({ scopes: [aScopeStatus({ runs: [aCostRun({ restatedDays: 3 })] })] });
    assert.ok(restated.includes('3 days restated: in the last cost sync'));
  });

  it('shows where a run stands that is under way', () => {
    const node = firstOf({ running: [{ scope: SUBSCRIPTION, text: '2026-02, 4 of 26' }] });
    assert.equal(node.description, '2026-02, 4 of 26');
    assert.match(node.contextValue, /state=running/);
  });

  it('shows a connection of which nothing was read', () => {
    assert.equal(firstOf({ scopes: [] }).description, 'nothing read yet');
    assert.deepEqual(firstOf({ scopes: [] }).children, []);
  });

  it('keeps imported and disconnected scopes in sight, without a sync', () => {
    const scopes = [
      aScopeStatus({ source: 'import', scopeId: 2, name: 'Export' }),
      aScopeStatus({ scopeId: 3, name: 'Gone' }),
    ];
    const nodes = costTree(aCostView({ connections: [], scopes }));
    assert.deepEqual(
      nodes.map(({ label, description = '' }) => [label, description.split(' · ').at(-1)]),
      [
        ['Export', 'from a file'],
        ['Gone', 'disconnected'],
      ],
    );
    assert.ok(nodes.every(({ contextValue }) => contextValue.includes('source=import')));
  });

  it('tells connections of one scope from imports of it', () => {
    const scopes = [aScopeStatus({ source: 'import', scopeId: 2 }), aScopeStatus()];
    const ids = costTree(aCostView({ scopes })).map(({ id }) => id);
    assert.deepEqual(ids, [`cost:azure/${SUBSCRIPTION}`, `cost:import/${SUBSCRIPTION}`]);
  });

  it('escapes what others named', () => {
    const node = firstOf({ connections: [aConnection({ name: '[x](command:y)' })] });
    assert.match(node.tooltip ?? '', /\\\[x\\\]\\\(command:y\\\)/);
  });
});

describe('the details of a cost run', () => {
  it('say what was read, what changed, and what to do next', () => {
    const run = aCostRun({
      status: 'throttled',
      trigger: 'manual',
      error: 'Azure is throttling until 15:30.',
      restatedDays: 1,
      notes: ['The rows of 2026-01 were kept.'],
    });
    assert.equal(
      costRunText(run, 'Production', SUBSCRIPTION, 'UTC'),
      `Costs of Production
===================

Status      put off · Azure asked to come back later
Scope       ${SUBSCRIPTION}
Started     2026-03-17 14:29:20, by hand
Finished    2026-03-17 14:30:00 after 40 s
Months read 2
Rows        310 read, 24 changed
Restated    1 day
Requests    3 calls, 30 s waited
Run         7

Errors
  Azure is throttling until 15:30.

Notes
  The rows of 2026-01 were kept.

Next step
  Nothing to do: the timer goes on when Azure allows it, or run Sync Azure Cost later.
`,
    );
  });
});
