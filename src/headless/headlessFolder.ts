import { join } from 'node:path';
import { dataFolderAt } from '../store/files/dataFolder';

/** Where the data folder keeps what runs without the editor. */
export interface HeadlessFolder {
  readonly root: string;
  /** What schedules call; its path and its words never change. */
  readonly launcher: string;
  /** Which copy of the command line is run. */
  readonly current: string;
  /** Which schedule was installed. */
  readonly schedule: string;
  /** How the newest scheduled run ended. */
  readonly lastRun: string;
  /** What a scheduled task of Windows was made of. */
  readonly task: string;
  /** Output of scheduled runs where the system keeps none. */
  readonly log: string;
}

/** Names the places in a data folder; touches nothing. */
export function headlessFolderAt(dataFolder: string): HeadlessFolder {
  const root = dataFolderAt(dataFolder).cli;
  return {
    root,
    launcher: join(root, 'openwebui-sync.js'),
    current: join(root, 'current.json'),
    schedule: join(root, 'schedule.json'),
    lastRun: join(root, 'last-run.json'),
    task: join(root, 'task.xml'),
    log: join(root, 'schedule.log'),
  };
}
