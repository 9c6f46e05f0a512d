import type { Services } from '../services';
import type { SourceId } from './dataSource';

/** The services as they are for a source; undefined while there is none of that id. */
export function servicesOf(services: Services, id: SourceId): Services | undefined {
  const source = services.sources.find(id);
  return source === undefined ? undefined : { ...services, ...source };
}
