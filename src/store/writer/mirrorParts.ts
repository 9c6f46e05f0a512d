import type { ChatDecoder } from '../records';
import { CostRuns } from './costRuns';
import { FreeSpace } from './freeSpace';
import { MirrorAnalysis } from './mirrorAnalysis';
import type { MirrorFile } from './mirrorFile';
import { MirrorTables } from './mirrorTables';
import { OpenRuns } from './openRuns';
import { Purges } from './purges';

/** What works on an open file of the mirror; another file has other parts. */
export interface MirrorParts {
  readonly file: MirrorFile;
  readonly tables: MirrorTables;
  readonly purges: Purges;
  readonly freeSpace: FreeSpace;
  readonly runs: OpenRuns;
  readonly analysis: MirrorAnalysis;
  readonly costs: CostRuns;
}

export function partsOf(file: MirrorFile, decodeChat: ChatDecoder): MirrorParts {
  const tables = new MirrorTables(file.session, decodeChat);
  return {
    file,
    tables,
    purges: new Purges(file, tables),
    freeSpace: new FreeSpace(file),
    runs: new OpenRuns(file),
    analysis: new MirrorAnalysis(file),
    costs: new CostRuns(file),
  };
}
