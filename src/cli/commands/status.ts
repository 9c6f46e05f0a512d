import type { Command } from 'commander';
import { loadInstances } from '../../store/instances/instancesFile';
import { existingDataFolder } from '../dataFolder';
import { CliError, EXIT } from '../exitCodes';
import { jsonText } from '../jsonText';
import { maxAge, staleInstances, staleText, type MaxAge } from '../maxAge';
import { mirrorStatus } from '../mirrorStatus';
import { plainText } from '../plainText';
import { shownStatus, statusText } from '../statusText';
import type { Terminal } from '../terminal';
import { dataOption, type DataOption } from './dataOption';

interface StatusOptions extends DataOption {
  readonly json?: boolean;
  readonly maxAge?: MaxAge;
}

/** `status [--json] [--max-age AGE]` */
export function addStatusCommand(program: Command, terminal: Terminal): void {
  program
    .command('status')
    .description('show when each server was synced and what the database holds')
    .option('--json', 'as JSON, with the newest runs')
    .option('--max-age <age>', 'fail when a server was not synced for so long: 90min, 26h, 2d', maxAge)
    .addOption(dataOption())
    .action(async (options: StatusOptions) => {
      const folder = existingDataFolder(options.data, terminal.env);
      const [{ instances, zone }, status] = await Promise.all([loadInstances(folder), mirrorStatus(folder)]);
      const { generation, sizes, hasNoHardLinks } = status;
      const shown = shownStatus(instances, status.instances);
      const now = Date.now();
      const stale =
        options.maxAge === undefined ? undefined : staleInstances(instances, shown, options.maxAge, now);
      const json = {
        generation,
        sizes,
        hasNoHardLinks,
        instances: shown,
        stale: stale?.map(({ name }) => name),
      };
      terminal.out(
        options.json === true ? jsonText(json) : plainText(statusText(shown, { zone, now }, status)),
      );
      if (options.maxAge !== undefined && stale !== undefined && stale.length > 0) {
        throw new CliError(staleText(stale, options.maxAge, zone), EXIT.stale);
      }
    });
}
