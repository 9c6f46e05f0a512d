import * as l10n from '@vscode/l10n';
import { parameterNames } from '../../../../store/sqlite/sqlTokens';
import type { CommandId } from '../../../commands/commandIds';
import { splitStatements } from '../../statements';
import { typedText, type ParameterValue } from '../../../../store/sqlite/parameterValue';

/** Longer values are cut: lenses of a statement share one line. */
const MOST_CHARACTERS = 30;

/** What is offered above a statement. */
export interface QueryLens {
  /** Where the statement begins. */
  readonly offset: number;
  readonly title: string;
  readonly command: CommandId;
  /** Behind the document's address. */
  readonly argument: number | readonly string[];
}

/** Run and Explain above each statement, and the value of each of its parameters. */
export function queryLenses(
  script: string,
  valueInUse: (parameter: string) => ParameterValue | undefined,
): QueryLens[] {
  return splitStatements(script).flatMap(({ start, text }): QueryLens[] => [
    { offset: start, title: `$(play) ${l10n.t('Run')}`, command: 'openwebuiSync.runQuery', argument: start },
    { offset: start, title: l10n.t('Explain'), command: 'openwebuiSync.explainQuery', argument: start },
    ...parameterNames(text).map((name): QueryLens => ({
      offset: start,
      title: `${name} = ${shown(valueInUse(name))}`,
      command: 'openwebuiSync.changeQueryParameters',
      argument: [name],
    })),
  ]);
}

function shown(value: ParameterValue | undefined): string {
  if (value === undefined) {
    return '?';
  }
  const text = typedText(value).replace(/\s+/g, ' ');
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}
