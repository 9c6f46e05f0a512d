import * as l10n from '@vscode/l10n';
import { escapeMarkdown } from '../sync/words';
import { codeBlock } from '../sync/texts/codeBlock';
import type { AvailableInstance } from './available';

/** What a person is asked before a tool runs. */
export interface Confirmation {
  readonly title: string;
  /** Markdown. */
  readonly message: string;
}

/** Asks for a statement, all of it. @param rows that are returned at most */
export function sqlQuestion(
  sql: string,
  instances: readonly AvailableInstance[],
  rows: number,
): Confirmation {
  return {
    title: l10n.t('Run SQL on the Open WebUI mirror?'),
    message: [
      l10n.t(
        'The chat wants to run this statement on a read-only copy, which holds {0} and nothing else:',
        namesOf(instances),
      ),
      codeBlock(sql, 'sql'),
      l10n.t('The rows that it returns, at most {0}, go to the provider of the chat’s model.', rows),
    ].join('\n\n'),
  };
}

/** Asks for a report. @param period in words */
export function reportQuestion(
  title: string,
  period: string,
  instances: readonly AvailableInstance[],
): Confirmation {
  return {
    title: l10n.t('Give a report to the chat?'),
    message: [
      l10n.t(
        'The chat wants to read the report {0} ({1}) of {2}.',
        `**${escapeMarkdown(title)}**`,
        escapeMarkdown(period),
        namesOf(instances),
      ),
      l10n.t('Its numbers and names go to the provider of the chat’s model.'),
    ].join('\n\n'),
  };
}

function namesOf(instances: readonly AvailableInstance[]): string {
  return instances
    .map(({ name, text }) => {
      const shown = `**${escapeMarkdown(name)}**`;
      return text
        ? l10n.t('{0} (with the text of messages)', shown)
        : l10n.t('{0} (without the text of messages)', shown);
    })
    .join(', ');
}
