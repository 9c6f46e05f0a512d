import type { Command } from 'commander';
import { COST_PARTS, type CostParts } from '../costSession';
import type { Terminal } from '../terminal';
import { addCostConnectCommand } from './costConnect';
import { addCostImportCommand } from './costImport';
import { addCostListCommands } from './costList';
import { addCostMapCommands } from './costMap';
import { addCostSyncCommand } from './costSync';

/** `cost connect | list | remove | sync | import | status | map | map-meter | map-deployment | invoice` */
export function addCostCommand(program: Command, terminal: Terminal, parts: CostParts = COST_PARTS): void {
  const cost = program
    .command('cost')
    .description('what Azure bills: read it, import it, say what it is for');
  addCostConnectCommand(cost, terminal, parts);
  addCostSyncCommand(cost, terminal, parts);
  addCostImportCommand(cost, terminal, parts);
  addCostListCommands(cost, terminal, parts);
  addCostMapCommands(cost, terminal);
}
