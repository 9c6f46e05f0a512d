import * as l10n from '@vscode/l10n';
import type { NotebookFile } from './notebookFile';

const TURNS_BY_DAY = `SELECT date, COUNT(*) AS turns, COUNT(DISTINCT user_id) AS users
FROM v_turns
GROUP BY date
ORDER BY date DESC
LIMIT 30;`;

/** A notebook to begin with: a heading, a query with its chart, and what else there is. */
export function starterNotebook(): NotebookFile {
  const markdown = (text: string) => ({ kind: 'markdown' as const, text, metadata: {} });
  return {
    metadata: {},
    cells: [
      markdown(
        [
          `# ${l10n.t('Usage of Open WebUI')}`,
          '',
          l10n.t('Messages and users by day. Run the cell below with Ctrl+Enter, or all with **Run All**.'),
        ].join('\n'),
      ),
      {
        kind: 'sql',
        text: TURNS_BY_DAY,
        metadata: { charts: [{ statement: 1, mark: 'line', x: 'date', y: ['turns', 'users'] }] },
      },
      markdown(
        [
          l10n.t(
            '- **Table** and **Chart** above a result switch between the two; the chart is kept with its cell.',
          ),
          l10n.t(
            '- Values such as `:from` are asked for once. Each statement of a cell has a result of its own.',
          ),
          l10n.t(
            '- Results are not saved in the file, unless you say so with **Save Outputs with Notebook...** in the toolbar.',
          ),
        ].join('\n'),
      ),
    ],
  };
}
