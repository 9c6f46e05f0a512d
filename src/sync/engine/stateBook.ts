import type { MirrorWriter } from '../../store/mirrorWriter';
import type { StreamState } from '../../store/mirrorFacts';
import type { StreamName } from '../../store/records';

type StateChange = Partial<Omit<StreamState, 'stream' | 'scope'>>;

/** Where the streams of one instance stand: read once at the start of a run, saved as they move. */
export class StateBook {
  readonly #writer: MirrorWriter;
  readonly #runId: string;
  readonly #states: Map<string, StreamState>;

  private constructor(writer: MirrorWriter, runId: string, states: readonly StreamState[]) {
    this.#writer = writer;
    this.#runId = runId;
    this.#states = new Map(states.map((state) => [keyOf(state.stream, state.scope), state]));
  }

  static async open(writer: MirrorWriter, runId: string): Promise<StateBook> {
    return new StateBook(writer, runId, await writer.state(runId));
  }

  get(stream: StreamName, scope = ''): StreamState {
    return this.#states.get(keyOf(stream, scope)) ?? { stream, scope };
  }

  /** The JSON that a stream keeps about an unfinished walk; undefined when there is none that can be read. */
  walk(stream: StreamName): unknown {
    const { walkJson } = this.get(stream);
    try {
      return walkJson === undefined ? undefined : (JSON.parse(walkJson) as unknown);
    } catch {
      return undefined; // A walk that cannot be read starts over.
    }
  }

  /** Scopes of a stream that keep an unfinished walk. */
  unfinishedScopes(stream: StreamName): readonly string[] {
    return [...this.#states.values()]
      .filter((state) => state.stream === stream && state.scope !== '' && state.walkJson !== undefined)
      .map(({ scope }) => scope);
  }

  /** Changes fields of a stream's own state; those not named stay. */
  change(stream: StreamName, change: StateChange): Promise<void> {
    return this.changeScopes(stream, [''], change);
  }

  /** The same of the states of several scopes, in one transaction. */
  async changeScopes(stream: StreamName, scopes: readonly string[], change: StateChange): Promise<void> {
    const states = scopes.map((scope): StreamState => ({ ...this.get(stream, scope), ...change }));
    states.forEach((state) => this.#states.set(keyOf(stream, state.scope), state));
    if (states.length > 0) {
      await this.#writer.saveState(this.#runId, states);
    }
  }
}

function keyOf(stream: StreamName, scope: string): string {
  return `${stream} ${scope}`;
}
