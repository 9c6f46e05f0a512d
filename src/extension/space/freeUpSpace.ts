import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type {
  FreeUpPlan,
  FreeUpRequest,
  FreeUpResult,
  RetentionPolicy,
} from '../../store/retention/retention';
import type { StoreWriter } from '../../store/mirrorWriter';
import { countOf } from '../../sync/words';
import { freedText, itemOf, monthsText, planText, spaceText, textGoes } from '../../sync/texts/freeUpText';
import { confirm, type Confirmation } from '../confirm';
import type { Core } from '../core';
import { changeWithWriter, endRunningSyncs } from '../mirrorChanges';
import { askChoice, BACK } from '../quickInput';
import { readSettings } from '../readSettings';
import { parseRetention, SETTINGS_SECTION } from '../settings';
import { freeUpChoices, offeredPolicies } from './freeUpItems';

const commandTitle = (): string => l10n.t('Free Up Space');

const removeNow = (): string => l10n.t('Remove');
const removeNowAndLater = (): string => l10n.t('Remove Now and After Each Sync');

/**
 * Shows what can be freed and how much it is, asks, and frees it. Whoever wants it to go on gets the setting and need
 * not be asked again. @throws CancelledError, SyncBusyError
 */
export async function freeUpSpace(core: Core): Promise<void> {
  const settings = parseRetention(readSettings());
  const plans = await planSpace(core, offeredPolicies(settings));
  const choices = freeUpChoices(plans, settings.textMonths);
  if (choices.length === 0) {
    const [space] = plans.map((plan) => spaceText(plan.space));
    void vscode.window.showInformationMessage(
      [l10n.t('There is nothing to free.'), ...(space === undefined ? [] : [space])].join(' '),
    );
    return;
  }
  const plan = await askChoice<FreeUpPlan>({
    title: commandTitle(),
    placeholder: choices[0] === undefined ? '' : spaceText(choices[0].value.space),
    items: choices,
  });
  if (plan === BACK) {
    return;
  }
  await freeUpAfterQuestion(core, plan);
}

/** What policies would free, on a throw-away copy: nobody who syncs is kept from it. */
export async function planSpace(
  core: Core,
  policies: readonly RetentionPolicy[],
): Promise<readonly FreeUpPlan[]> {
  const options = { location: vscode.ProgressLocation.Window, title: l10n.t('Looking at what can be freed') };
  return vscode.window.withProgress(options, async () => {
    const writer = await core.openDryWriter();
    try {
      const plans: FreeUpPlan[] = [];
      for (const policy of policies) {
        plans.push(await writer.planFreeUp(policy));
      }
      return plans;
    } finally {
      await writer.close();
    }
  });
}

async function freeUpAfterQuestion(core: Core, plan: FreeUpPlan): Promise<void> {
  const agreesForLater = await confirmed(plan);
  await endRunningSyncs(core);
  const request: FreeUpRequest = { ...plan.policy, agreesForLater };
  const free = (writer: StoreWriter): Promise<FreeUpResult> => writer.freeUp(request);
  const result = await changeWithWriter(core, l10n.t('Freeing space'), free);
  if (agreesForLater) {
    await vscode.workspace
      .getConfiguration(SETTINGS_SECTION)
      .update('retention.textMonths', plan.policy.textMonths, vscode.ConfigurationTarget.Global);
  }
  await core.mirror.reload();
  void vscode.window.showInformationMessage(freedText(result));
}

/** @returns whether text that grows as old later on goes too @throws CancelledError */
async function confirmed(plan: FreeUpPlan): Promise<boolean> {
  const answer = await confirm(questionOf(plan, parseRetention(readSettings()).textMonths));
  return answer === removeNowAndLater();
}

/** @param setMonths as the settings have it */
function questionOf(plan: FreeUpPlan, setMonths: number): Confirmation {
  const { textMonths } = plan.policy;
  const { rows } = itemOf(plan, 'text');
  const lines = planText(plan).join('\n');
  if (rows === 0) {
    return { question: l10n.t('Remove what is not needed any more?'), detail: lines, answers: [removeNow()] };
  }
  const isAgreed = plan.agreedTextMonths === textMonths && setMonths === textMonths;
  return {
    question: l10n.t(
      'Remove the text of {0} older than {1}?',
      countOf(rows, 'message'),
      monthsText(textMonths),
    ),
    detail: `${lines}\n\n${textGoes()}`,
    answers: isAgreed ? [removeNow()] : [removeNow(), removeNowAndLater()],
  };
}
