import { budgetAlerts } from '../../../src/extension/costs/budget/budgetAlerts';
import { costProgressText } from '../../../src/extension/costs/costProgress';
import { mapGroups } from '../../../src/extension/costs/mapping/mapItems';
import { NO_MAPPINGS } from '../../../src/extension/costs/mapping/mappingDraft';
import { costTree } from '../../../src/extension/views/costs/costNodes';
import { costRunText } from '../../../src/extension/views/costs/costRunText';
import type { TreeNode } from '../../../src/extension/views/tree/treeNode';
import { METER_DIRECTIONS } from '../../../src/store/analysis/analysisTypes';
import type { CostRunStatus, CostTrigger } from '../../../src/store/costs/costTypes';
import type { PlannedPart } from '../../../src/sync/costs/plan';
import { changedNote, keptNote, missingNote, planNotes, restatedNote } from '../../../src/sync/costs/notes';
import { aConnection, aCostRun, aCostView, aScopeStatus, NOW } from '../extension/costs/builders';
import { anInstance } from '../extension/builders';

/** Names without letters: what has some is a text. */
const SCOPE = { name: '1', scope: '2' };
const ENDS: readonly CostRunStatus[] = ['ok', 'partial', 'failed', 'cancelled', 'throttled'];
const TRIGGERS: readonly CostTrigger[] = ['manual', 'schedule', 'startup', 'import'];

const aStatus = (overrides: Parameters<typeof aScopeStatus>[0]) =>
  aScopeStatus({ ...SCOPE, newestMonth: [{ month: '2026-03', currency: '€', cost: 5 }], ...overrides });

const views = [
  ...ENDS.flatMap((status) =>
    TRIGGERS.map((trigger) =>
      aCostView({
        connections: [aConnection({ ...SCOPE, tag: '3' })],
        scopes: [
          aStatus({
            runs: [aCostRun({ status, trigger, error: '4', restatedDays: 1 })],
            unmappedResources: 2,
          }),
        ],
        isDaily: false,
      }),
    ),
  ),
  aCostView({ connections: [aConnection(SCOPE)], scopes: [] }),
  aCostView({
    connections: [aConnection(SCOPE)],
    scopes: [aStatus({ retryAfter: NOW / 1000 + 60 })],
    signInProblems: new Map([['c-1', '5']]),
  }),
  aCostView({ connections: [aConnection(SCOPE)], scopes: [aStatus({ retryAfter: NOW / 1000 + 60 })] }),
  aCostView({ connections: [], scopes: [aStatus({}), aStatus({ source: 'import', scopeId: 2 })] }),
];

function treeWords({ label, description = '', tooltip = '', children }: TreeNode): string[] {
  return [label, description, typeof tooltip === 'string' ? tooltip : '', ...children.flatMap(treeWords)];
}

function mapWords(): string[] {
  const meters = METER_DIRECTIONS.map((direction, index) => ({ meter: `${index}`, direction }));
  const sources = {
    resources: [
      { resourceId: '1', amounts: [] },
      { resourceId: '2', amounts: [] },
      { resourceId: '3', amounts: [] },
    ],
    unknownMeters: meters.map(({ meter }) => ({ meter, amounts: [] })),
    mapped: [],
    meters,
    instances: [anInstance({ id: 1, name: '4' })],
    hasConnections: true,
  };
  const served = new Map([
    ['2', [1]],
    ['3', []],
  ]);
  return mapGroups(sources, { ...NO_MAPPINGS, served }).flatMap(({ heading, items }) => [
    heading,
    ...items.flatMap(({ label, description = '', detail = '' }) => [label, description, detail]),
  ]);
}

const PARTS: readonly PlannedPart[] = [
  { month: '2026-03', costType: 'actual' },
  { month: '2026-03', costType: 'amortized' },
];

/** What people read of costs in parts of the product that know no editor, each by what it is of. */
export const RENDERED_COSTS: Readonly<Record<string, () => readonly string[]>> = {
  'the tree of costs': () => views.flatMap((view) => costTree(view).flatMap(treeWords)),
  'the details of a cost run': () =>
    ENDS.map((status) => costRunText(aCostRun({ status, error: '1', notes: ['2'] }), '3', '4', 'UTC')),
  'where a cost run stands': () =>
    (['queued', 'reading', 'waiting'] as const).map((phase) =>
      costProgressText(
        {
          ...{ connectionId: '1', name: '2', trigger: 'manual', phase },
          ...{ month: '2026-03', done: 1, total: 2, until: NOW },
        },
        NOW,
        'UTC',
      ),
    ),
  'the notes of a cost run': () => [
    ...planNotes({ parts: [], controls: [], imported: PARTS, askedAgain: NOW / 1000 - 600 }, NOW / 1000),
    ...PARTS.flatMap((part) => [keptNote(part, '1'), changedNote(part), restatedNote(part, 2)]),
    ...(['meterSubcategory', 'chargeType', 'tag'] as const).map(missingNote),
  ],
  'what is told of budgets': () =>
    [undefined, '1'].flatMap((instance) =>
      budgetAlerts(
        [{ instance, currency: '€', budget: 5, month: '2026-03', monthToDate: 5, forecast: 6 }],
        {},
        '2026-03-17',
      ).alerts.map(({ text }) => text),
    ),
  'the dialog that maps resources of Azure': mapWords,
};
