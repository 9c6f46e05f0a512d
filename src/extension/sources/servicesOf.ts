import * as l10n from '@vscode/l10n';
import type { ReportSource } from '../../reports/reportSource';
import type { Services } from '../services';
import type { SourceId } from './dataSource';

/** What is asked of the demo was removed. */
export class DemoRemovedError extends Error {
  override readonly name = 'DemoRemovedError';
  constructor() {
    super(l10n.t('The demo data was removed. Add it again to look at this.'));
  }
}

/** What reports keep of their source: nothing where it is the mirror. */
export interface SourceSetting {
  readonly source?: ReportSource | undefined;
}

/** The setting that names a database of this machine. */
export function settingOf(id: SourceId): { readonly source?: 'demo' } {
  return id === 'demo' ? { source: id } : {};
}

/**
 * The services as they are for a setting's source; undefined while there is no such source. Those of a warehouse are the
 * mirror's that is pushed to it: whoever reads it opens it himself.
 */
export function servicesOf(services: Services, { source }: SourceSetting): Services | undefined {
  const found = services.sources.find(source === 'demo' ? source : 'mirror');
  return found === undefined ? undefined : { ...services, ...found };
}

/** The services of what is shown right now. @throws Error when its source has just been removed */
export function shownServices(services: Services, setting: SourceSetting): Services {
  const found = servicesOf(services, setting);
  if (found === undefined) {
    throw new DemoRemovedError();
  }
  return found;
}
