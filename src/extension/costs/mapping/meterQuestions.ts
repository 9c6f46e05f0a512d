import * as l10n from '@vscode/l10n';
import type { CostDriver, MeterDirection, MeterMapping } from '../../../store/analysis/analysisTypes';
import { askChoice, askText, BACK, refusal, type ChoiceItem } from '../../quickInput';
import { askSteps, type StepQuestion } from '../connect/steps';
import { parseAmount } from '../invoices/invoiceText';
import { DIRECTION_WORDS } from './meterWords';

/** Answers so far. */
interface MeterDraft {
  readonly direction?: MeterDirection;
  readonly driver?: CostDriver | undefined;
  readonly models?: readonly string[] | undefined;
  readonly tokensPerUnit?: number | undefined;
}

/** Asks what a meter counts and what its cost is spread by. @throws CancelledError */
export async function askMeter(meter: string, before: MeterMapping | undefined): Promise<MeterMapping> {
  const start: MeterDraft = before ?? {};
  const draft = await askSteps<MeterDraft>(
    {
      title: meter,
      questionsFor: ({ direction }) => [
        askDirection,
        ...(direction === 'fixed' ? [askDriver] : [askTokensPerUnit]),
        askModels,
      ],
    },
    start,
  );
  const { direction = 'fixed', driver, models, tokensPerUnit } = draft;
  return direction === 'fixed'
    ? { meter, direction, driver, models }
    : { meter, direction, models, tokensPerUnit };
}

const directionItems = (): readonly ChoiceItem<MeterDirection>[] => [
  { label: DIRECTION_WORDS.input, value: 'input' },
  { label: DIRECTION_WORDS.cached, value: 'cached' },
  { label: DIRECTION_WORDS.output, value: 'output' },
  {
    label: DIRECTION_WORDS.fixed,
    detail: l10n.t('Provisioned throughput, hosting, search, machines: a price for time or things.'),
    value: 'fixed',
  },
];

const driverItems = (): readonly ChoiceItem<CostDriver>[] => [
  { label: l10n.t('Tokens'), value: 'tokens' },
  {
    label: l10n.t('List prices'),
    detail: l10n.t('What the use would cost by the price list.'),
    value: 'listCost',
  },
  { label: l10n.t('Turns'), value: 'turns' },
  { label: l10n.t('Active users'), value: 'activeUsers' },
  { label: l10n.t('Evenly'), detail: l10n.t('Each instance the same.'), value: 'even' },
];

const askDirection: StepQuestion<MeterDraft> = async (draft, place) => {
  const direction = await askChoice<MeterDirection>({
    ...place,
    placeholder: l10n.t('What does this meter count?'),
    items: directionItems(),
    active: draft.direction,
  });
  return direction === BACK ? BACK : { draft: { direction } };
};

const askDriver: StepQuestion<MeterDraft> = async (draft, place) => {
  const driver = await askChoice<CostDriver>({
    ...place,
    placeholder: l10n.t('What is its cost spread by?'),
    items: driverItems(),
    active: draft.driver,
  });
  return driver === BACK ? BACK : { draft: { driver } };
};

const askTokensPerUnit: StepQuestion<MeterDraft> = async (draft, place) => {
  const typed = await askText({
    ...place,
    prompt: l10n.t('Tokens in one unit of the meter, such as 1000. Leave it empty where the name says it.'),
    value: draft.tokensPerUnit === undefined ? '' : String(draft.tokensPerUnit),
    object: (text) => refusal(unitProblem(text)),
  });
  return typed === BACK
    ? BACK
    : { draft: { tokensPerUnit: typed.trim() === '' ? undefined : parseAmount(typed) } };
};

const askModels: StepQuestion<MeterDraft> = async (draft, place) => {
  const typed = await askText({
    ...place,
    prompt: l10n.t(
      'Azure’s names of its models, with commas. Leave it empty for all that its resource serves.',
    ),
    placeholder: 'gpt-4o, gpt-4o-mini',
    value: draft.models?.join(', '),
  });
  if (typed === BACK) {
    return BACK;
  }
  const models = typed.split(',').flatMap((name) => (name.trim() === '' ? [] : [name.trim()]));
  return { draft: { models: models.length === 0 ? undefined : models } };
};

function unitProblem(text: string): string | undefined {
  const amount = parseAmount(text);
  return text.trim() === '' || (amount !== undefined && amount > 0)
    ? undefined
    : l10n.t('Give a number above 0, such as 1000 or 1000000.');
}
