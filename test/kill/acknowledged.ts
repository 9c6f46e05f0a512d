/** What the processes of one folder have been told is done. */
export class AcknowledgedWork {
  /** Generation by the user's id. */
  readonly users = new Map<string, number>();
  readonly instances = new Set<string>();
  /** Text that must be nowhere, by the erased user's id. */
  readonly erased = new Map<string, string>();
  /** Edits of the copy since somebody was erased last: that deletes edited copies. */
  edits = 0;
  readonly #points = new Set<string>();

  /** Takes a process's output. The last line may be cut by the kill; then it was not acknowledged. */
  note(output: string): void {
    for (const line of output.split('\n').slice(0, -1)) {
      const [kind = '', id = '', ...rest] = line.split(' ');
      this.#kinds[kind]?.(id, rest.join(' '));
    }
  }

  /** Where processes have ended. */
  points(): ReadonlySet<string> {
    return this.#points;
  }

  readonly #kinds: Readonly<Record<string, (id: string, rest: string) => void>> = {
    user: (id, generation) => this.users.set(id, Number(generation)),
    instance: (id) => this.instances.add(id),
    erased: (id, text) => this.erased.set(id, text),
    edit: () => (this.edits += 1),
    purging: () => (this.edits = 0),
    at: (point) => this.#points.add(point),
  };
}
