import * as l10n from '@vscode/l10n';
import type { DeploymentMapping } from '../../../store/analysis/analysisTypes';
import { askText, BACK, refusal, type Back } from '../../quickInput';
import { askSteps, type StepAnswer, type StepQuestion } from '../connect/steps';

interface DeploymentDraft {
  readonly deployment: string;
  readonly model: string;
  readonly version: string;
}

/** Asks what a deployment's name means, on every resource. @throws CancelledError */
export async function askDeployment(): Promise<DeploymentMapping> {
  const { deployment, model, version } = await askSteps<DeploymentDraft>(
    { title: l10n.t('Describe a Deployment'), questionsFor: () => [askName, askModel, askVersion] },
    { deployment: '', model: '', version: '' },
  );
  return { deployment, model, ...(version === '' ? {} : { version }), source: 'admin' };
}

const askName: StepQuestion<DeploymentDraft> = (draft, place) =>
  answer(
    askText({
      ...place,
      prompt: l10n.t('Name of the deployment, as Open WebUI shows the model'),
      value: draft.deployment,
      object: required,
    }),
    (deployment) => ({ deployment }),
  );

const askModel: StepQuestion<DeploymentDraft> = (draft, place) =>
  answer(
    askText({
      ...place,
      prompt: l10n.t('Azure’s name of its model'),
      placeholder: 'gpt-4o',
      value: draft.model,
      object: required,
    }),
    (model) => ({ model }),
  );

const askVersion: StepQuestion<DeploymentDraft> = (draft, place) =>
  answer(
    askText({
      ...place,
      prompt: l10n.t('Version of the model. Leave it empty for any.'),
      placeholder: '2024-08-06',
      value: draft.version,
    }),
    (version) => ({ version }),
  );

function required(text: string) {
  return refusal(text.trim() === '' ? l10n.t('Enter a name.') : undefined);
}

async function answer(
  question: Promise<string | Back>,
  use: (text: string) => Partial<DeploymentDraft>,
): Promise<StepAnswer<DeploymentDraft> | Back> {
  const text = await question;
  return text === BACK ? BACK : { draft: use(text.trim()) };
}
