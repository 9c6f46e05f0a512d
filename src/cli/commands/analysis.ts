import type { Command } from 'commander';
import { loadAnalysis, readAnalysis } from '../../store/analysis/analysisFile';
import { analysisText } from '../../store/analysis/analysisText';
import type { Analysis } from '../../store/analysis/analysisTypes';
import { applyingAnalysis } from '../../store/analysis/changingAnalysis';
import { dataFolderAt } from '../../store/files/dataFolder';
import { loadInstances } from '../../store/instances/instancesFile';
import { existingDataFolder } from '../dataFolder';
import { isApplied } from '../followAnalysis';
import { changeMirror } from '../lockedWriter';
import { mirrorStatus } from '../mirrorStatus';
import type { Terminal } from '../terminal';
import { dataOption, type DataOption } from './dataOption';

/** `analysis show | check | apply | path` */
export function addAnalysisCommand(program: Command, terminal: Terminal): void {
  const analysis = program
    .command('analysis')
    .description(
      'what changes numbers beside the mirrored data: prices, budgets, people, costs (analysis.json)',
    );
  const add = (name: string, description: string, action: (folder: string) => Promise<void>): void => {
    analysis
      .command(name)
      .description(description)
      .addOption(dataOption())
      .action((options: DataOption) => action(existingDataFolder(options.data, terminal.env)));
  };

  add('show', 'print it with all sections', async (folder) => {
    terminal.out(analysisText(await completeAnalysis(folder, terminal)));
  });
  add('check', 'say whether the file can be used, and whether the database follows it', async (folder) => {
    const present = await completeAnalysis(folder, terminal);
    terminal.out(`${contentLine(present)}\n`);
    const follows = await isApplied(folder, present);
    terminal.out(
      follows
        ? 'The database follows it.\n'
        : 'The database does not follow it yet. The next sync does it, or: analysis apply\n',
    );
  });
  add('apply', 'make the database follow the file now', async (folder) => {
    const { zone } = await loadInstances(folder);
    await changeMirror(folder, zone, terminal, applyingAnalysis(folder));
    terminal.out(`Applied. ${contentLine(await loadAnalysis(folder))}\n`);
  });
  add('path', 'print where the file is', (folder) => {
    terminal.out(`${dataFolderAt(folder).analysis}\n`);
    return Promise.resolve();
  });
}

/** Where there is no file, what the database knows comes into one first. @throws AnalysisError */
async function completeAnalysis(folder: string, terminal: Terminal): Promise<Analysis> {
  const present = await readAnalysis(folder);
  if (present !== undefined) {
    return present;
  }
  if ((await mirrorStatus(folder)).generation > 0) {
    const { zone } = await loadInstances(folder);
    await changeMirror(folder, zone, terminal, applyingAnalysis(folder));
  }
  return loadAnalysis(folder);
}

/** How much the sections hold, by their names in the file. */
function contentLine(analysis: Analysis): string {
  const parts = Object.entries(analysis).flatMap(([section, content]) =>
    Array.isArray(content) && content.length > 0 ? [`${section}: ${content.length}`] : [],
  );
  return [`cost type: ${analysis.costType}`, `allocation: ${analysis.allocation}`, ...parts].join(', ');
}
