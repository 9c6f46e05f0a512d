import * as l10n from '@vscode/l10n';
import { loadAnalysis } from '../../store/analysis/analysisFile';
import type { Allocation, Analysis } from '../../store/analysis/analysisTypes';
import { changingAnalysis } from '../../store/analysis/changingAnalysis';
import type { CostType } from '../../store/costs/costTypes';
import type { Core } from '../core';
import { changeWithWriter, endRunningSyncs } from '../mirrorChanges';
import { askChoice, BACK, type ChoiceItem } from '../quickInput';
import { askSteps, type StepQuestion } from './connect/steps';

type Basis = Pick<Analysis, 'costType' | 'allocation'>;

const costTypeItems = (): readonly ChoiceItem<CostType>[] => [
  {
    label: l10n.t('Actual cost'),
    detail: l10n.t('What is billed, on the day when it is billed. Compare invoices with it.'),
    value: 'actual',
  },
  {
    label: l10n.t('Amortized cost'),
    detail: l10n.t('Reservations are spread over the days that they are for.'),
    value: 'amortized',
  },
];

const allocationItems = (): readonly ChoiceItem<Allocation>[] => [
  {
    label: l10n.t('Automatic'),
    detail: l10n.t('Attributed where less than 90 % of the billed tokens are known here, else allocated.'),
    value: 'auto',
  },
  {
    label: l10n.t('Allocated'),
    detail: l10n.t('All of it is spread over the use that is known here, also what others used.'),
    value: 'allocated',
  },
  {
    label: l10n.t('Attributed'),
    detail: l10n.t('Only the known part of the billed tokens is spread; the rest stays unallocated.'),
    value: 'attributed',
  },
];

/** Asks which view of billed cost the reports take, and how far it is spread; spreads it anew. @throws CancelledError, SyncBusyError */
export async function chooseCostBasis(core: Core): Promise<void> {
  const { costType, allocation } = await loadAnalysis(core.folder.root);
  const chosen = await askSteps<Basis>(
    { title: l10n.t('Choose Cost Basis'), questionsFor: () => [askCostType, askAllocation] },
    { costType, allocation },
  );
  await endRunningSyncs(core);
  await changeWithWriter(
    core,
    l10n.t('Spreading costs'),
    changingAnalysis(core.folder.root, (analysis) => ({ ...analysis, ...chosen })),
  );
  await core.mirror.reload();
}

const askCostType: StepQuestion<Basis> = async (basis, place) => {
  const costType = await askChoice<CostType>({
    ...place,
    placeholder: l10n.t('Which cost do reports use? The two are never added.'),
    items: costTypeItems(),
    active: basis.costType,
  });
  return costType === BACK ? BACK : { draft: { costType } };
};

const askAllocation: StepQuestion<Basis> = async (basis, place) => {
  const allocation = await askChoice<Allocation>({
    ...place,
    placeholder: l10n.t('How far is billed cost spread over models, users and conversations?'),
    items: allocationItems(),
    active: basis.allocation,
  });
  return allocation === BACK ? BACK : { draft: { allocation } };
};
