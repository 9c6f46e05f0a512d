import type { Tool } from '../toolTypes';
import { getReport } from './getReport';
import { getSchema } from './getSchema';
import { getSyncStatus } from './getSyncStatus';
import { listInstances } from './listInstances';
import { runQuery } from './runQuery';

/** Every tool, in the order of the manifest. */
export const TOOLS: readonly Tool[] = [listInstances, getSchema, runQuery, getReport, getSyncStatus];
