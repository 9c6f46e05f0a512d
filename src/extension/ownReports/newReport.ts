import * as vscode from 'vscode';
import { OWN_REPORT_SUFFIX } from '../../reports/own/ownReportFile';

/** A report that runs as it stands: a chart and a table over the public views. */
const EXAMPLE = {
  title: 'My report',
  description: 'Which question does it answer?',
  blocks: [
    {
      title: 'Turns by day',
      description: 'What users wrote.',
      sql: [
        'SELECT t.date, {{turns}} AS turns',
        'FROM main.v_turns t',
        'WHERE {{in_period(t)}}',
        'GROUP BY t.date',
        'ORDER BY t.date',
      ],
      chart: {
        mark: 'bar',
        encoding: {
          x: { field: 'date', type: 'ordinal' },
          y: { field: 'turns', type: 'quantitative' },
        },
      },
      isWide: true,
    },
    {
      title: 'Models',
      sql: [
        'SELECT g.model_id AS model, {{generations}} AS generations, {{input_tokens}} AS input_tokens',
        'FROM main.v_generations g',
        'WHERE {{in_period(g)}}',
        'GROUP BY g.model_id',
        'ORDER BY generations DESC',
      ],
    },
  ],
};

/** Writes an example to start from. @returns its file, which is opened when it is there already. */
export async function writeExample(folder: vscode.Uri): Promise<vscode.Uri> {
  const file = vscode.Uri.joinPath(folder, `my-report${OWN_REPORT_SUFFIX}`);
  await vscode.workspace.fs.createDirectory(folder);
  const there = await vscode.workspace.fs.readDirectory(folder);
  if (!there.some(([name]) => name === `my-report${OWN_REPORT_SUFFIX}`)) {
    const text = `${JSON.stringify(EXAMPLE, undefined, 2)}\n`;
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
  }
  return file;
}
