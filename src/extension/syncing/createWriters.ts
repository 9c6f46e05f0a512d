import { tellingOfEdits } from '../../store/files/editedCopy';
import { openWriter } from '../../store/openWriter';
import type { Core } from '../core';
import { readSettings } from '../readSettings';
import { parseRetention } from '../settings';

/** What writers of the mirror are opened with. */
export interface WriterParts {
  /** The data folder. */
  readonly root: string;
  /** Bundle of the writer's thread. */
  readonly workerPath: string;
  /** IANA name of the mirror's zone. */
  readonly zone: () => string;
  /** Told that somebody wrote into the copy for other tools. */
  readonly onEdits: Parameters<typeof tellingOfEdits>[1];
}

/** Opens writers with the zone and the settings of the moment. */
export function createWriters({
  root,
  workerPath,
  zone,
  onEdits,
}: WriterParts): Pick<Core, 'openWriter' | 'openDryWriter'> {
  const options = () => ({
    folder: root,
    workerPath,
    zone: zone(),
    retention: parseRetention(readSettings()),
  });
  return {
    openWriter: async (purpose = {}) =>
      tellingOfEdits(await openWriter({ ...options(), ...purpose }), onEdits),
    openDryWriter: () => openWriter({ ...options(), isDryRun: true }),
  };
}
