import type { MirrorWriter, StreamState } from '../../store/mirrorWriter';
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
  walk(stream: StreamName, scope = ''): unknown {
    const { walkJson } = this.get(stream, scope);
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

  /** Changes fields of a state; those not named stay. */
  async change(stream: StreamName, change: StateChange, scope = ''): Promise<void> {
    const state: StreamState = { ...this.get(stream, scope), ...change };
    this.#states.set(keyOf(stream, scope), state);
    await this.#writer.saveState(this.#runId, [state]);
  }
}

function keyOf(stream: StreamName, scope: string): string {
  return `${stream} ${scope}`;
}
