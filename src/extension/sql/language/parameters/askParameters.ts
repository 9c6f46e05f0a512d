import * as l10n from '@vscode/l10n';
import type { SqlParameters } from '../../../../store/resultSet';
import {
  objectionToValue,
  typedText,
  valueOf,
  type ParameterValue,
} from '../../../../store/sqlite/parameterValue';
import { askChoice, askText, BACK, chooseOne, refusal, type Back, type Step } from '../../../quickInput';
import type { DataSource } from '../../../sources/dataSource';
import { bareName, kindOf, objectionToDay, type ParameterKind } from './parameterKinds';

interface Question extends Step {
  readonly parameter: string;
  /** What is offered first. */
  readonly value: ParameterValue | undefined;
  readonly hasBack: boolean;
}

type Ask = (question: Question, source: DataSource) => Promise<ParameterValue | Back>;

const ASK: Readonly<Record<ParameterKind, Ask>> = { instance: askInstance, day: askDay, any: askAny };

/**
 * Asks for the parameters one after the other.
 * @param offered what is offered at first. @returns values by the parameters' names with signs. @throws CancelledError
 */
export async function askParameters(
  parameters: readonly string[],
  source: DataSource,
  offered: (parameter: string) => ParameterValue | undefined,
): Promise<SqlParameters> {
  const answers: Record<string, ParameterValue> = {};
  for (let index = 0; index < parameters.length;) {
    const parameter = parameters[index] ?? '';
    const question: Question = {
      parameter,
      title: l10n.t('Query Parameters'),
      step: index + 1,
      totalSteps: parameters.length,
      value: answers[parameter] ?? offered(parameter),
      hasBack: index > 0,
    };
    const answer = await ASK[kindOf(parameter)](question, source);
    if (answer === BACK) {
      index -= 1;
    } else {
      answers[parameter] = answer;
      index += 1;
    }
  }
  return answers;
}

function askInstance(question: Question, { instances }: DataSource): Promise<ParameterValue | Back> {
  const items = instances.list().map(({ id, name }) => ({ label: name, description: String(id), value: id }));
  if (items.length === 0) {
    throw new Error(
      l10n.t('{0} needs an instance and there is none yet. Add an instance first.', question.parameter),
    );
  }
  return askChoice({
    ...question,
    items,
    active: typeof question.value === 'number' ? question.value : undefined,
    placeholder: l10n.t('Which instance is {0}? Its value is the instance’s id.', question.parameter),
  });
}

async function askDay(question: Question): Promise<ParameterValue | Back> {
  const isEnd = bareName(question.parameter).toLowerCase() === 'to';
  const answer = await askText({
    ...question,
    value: typeof question.value === 'string' ? question.value : '',
    placeholder: l10n.t('YYYY-MM-DD'),
    prompt: isEnd
      ? l10n.t(
          'Day for {0}, as local text: `created_at < {0}` ends before it, `date <= {0}` includes it',
          question.parameter,
        )
      : l10n.t(
          'Day for {0}, as local text: `created_at >= {0}` and `date >= {0}` begin with it',
          question.parameter,
        ),
    object: (text) => refusal(objectionToDay(text)),
  });
  return answer === BACK ? BACK : answer.trim();
}

async function askAny(question: Question): Promise<ParameterValue | Back> {
  const answer = await askText({
    ...question,
    value: question.value === undefined ? '' : typedText(question.value),
    prompt: l10n.t(
      'Value of {0}: a number stays a number, NULL is no value, quotes make anything a text',
      question.parameter,
    ),
    object: (text) => refusal(objectionToValue(text)),
  });
  return answer === BACK ? BACK : valueOf(answer);
}

/** Which parameter is to be changed; all of them with the last line. @throws CancelledError */
export async function chooseParameters(
  parameters: readonly string[],
  current: (parameter: string) => ParameterValue | undefined,
): Promise<readonly string[]> {
  const [only] = parameters;
  if (parameters.length === 1 && only !== undefined) {
    return [only];
  }
  return chooseOne<readonly string[]>(
    l10n.t('Change Query Parameters'),
    l10n.t('Which value do you want to change?'),
    [
      ...parameters.map((parameter) => {
        const value = current(parameter);
        return {
          label: parameter,
          description: value === undefined ? l10n.t('no value yet') : typedText(value),
          value: [parameter],
        };
      }),
      { label: l10n.t('All of them'), value: parameters },
    ],
  );
}
