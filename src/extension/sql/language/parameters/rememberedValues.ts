import * as v from 'valibot';
import type { SqlParameters } from '../../../../store/resultSet';
import type { ParameterValue } from '../../../../store/sqlite/parameterValue';
import type { SourceId } from '../../../sources/dataSource';
import { bareName, kindOf } from './parameterKinds';

/** What keeps values between runs: VS Code's memento of a workspace. */
export interface ValueStore {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

const KEY = 'openwebuiSync.queryParameters';
const values = v.record(v.string(), v.union([v.string(), v.number(), v.null()]));

/** Name of what is remembered: instances are numbered by each source for itself. */
function keyOf(parameter: string, sourceId: SourceId): string {
  const name = bareName(parameter);
  return kindOf(parameter) === 'instance' ? `${sourceId}/${name}` : name;
}

/** The values that parameters had last in this workspace. */
export class RememberedValues {
  constructor(
    private readonly store: ValueStore,
    private readonly sourceId: SourceId,
  ) {}

  /** undefined: never given here. */
  get(parameter: string): ParameterValue | undefined {
    return this.#all()[keyOf(parameter, this.sourceId)];
  }

  /** @param parameters by their names with signs */
  async remember(parameters: SqlParameters): Promise<void> {
    const given = Object.entries(parameters).map(
      ([parameter, value]) => [keyOf(parameter, this.sourceId), value] as const,
    );
    await this.store.update(KEY, { ...this.#all(), ...Object.fromEntries(given) });
  }

  /** What another version or hand left there and cannot be read counts as never given. */
  #all(): Readonly<Record<string, ParameterValue>> {
    const parsed = v.safeParse(values, this.store.get(KEY));
    return parsed.success ? parsed.output : {};
  }
}
