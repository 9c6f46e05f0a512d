import type { SqlParameters } from '../../../../store/resultSet';
import type { ParameterValue } from '../../../../store/sqlite/parameterValue';
import { parameterNames } from '../../../../store/sqlite/sqlTokens';
import type { DataSource } from '../../../sources/dataSource';
import type { Services } from '../../../services';
import { askParameters } from './askParameters';
import { bareName, kindOf } from './parameterKinds';
import { RememberedValues } from './rememberedValues';

/** What filling needs of the services. */
export type ParameterServices = Pick<Services, 'context' | 'sources'>;

/**
 * Values for the parameters of a statement or script: those of this workspace's last run, and what is asked now for the
 * others. What is answered is remembered. Without parameters nothing is asked.
 * @returns values by the parameters' names with their signs. @throws CancelledError when a question is left
 */
export async function fillParameters(services: ParameterServices, sql: string): Promise<SqlParameters> {
  const source = services.sources.current;
  const names = parameterNames(sql);
  const missing = distinct(names.filter((name) => valueInUse(services, name) === undefined));
  const answers = await askParameters(missing, source, () => undefined);
  await rememberedBy(services, source).remember(answers);
  return Object.fromEntries(names.map((name) => [name, valueInUse(services, name) ?? null]));
}

/** Asks for these parameters again and remembers the answers. @throws CancelledError */
export async function changeParameters(
  services: ParameterServices,
  parameters: readonly string[],
): Promise<void> {
  const source = services.sources.current;
  const answers = await askParameters(distinct(parameters), source, (name) => valueInUse(services, name));
  await rememberedBy(services, source).remember(answers);
}

/** The value that a run would take without asking; undefined where it would ask. */
export function valueInUse(services: ParameterServices, parameter: string): ParameterValue | undefined {
  const source = services.sources.current;
  const value = rememberedBy(services, source).get(parameter);
  const isGone = kindOf(parameter) === 'instance' && !source.instances.list().some(({ id }) => id === value);
  return isGone ? undefined : value;
}

function rememberedBy({ context }: ParameterServices, { sourceId }: DataSource): RememberedValues {
  return new RememberedValues(context.workspaceState, sourceId);
}

/** Each name once, whatever its sign. */
function distinct(names: readonly string[]): string[] {
  return [...new Map(names.map((name) => [bareName(name), name])).values()];
}
