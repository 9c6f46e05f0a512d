/** What a person has done once: steps of the walkthrough are done with them. Each is a context key. */
export const MILESTONES = ['hasSynced', 'hasOpenedReport', 'hasRunQuery'] as const;

export type Milestone = (typeof MILESTONES)[number];

/** What milestones need of their host. */
export interface MilestonesHost {
  readonly state: {
    get(key: string): unknown;
    update(key: string, value: unknown): PromiseLike<void>;
    /** These flags are harmless: they follow a person to other machines. */
    setKeysForSync(keys: readonly string[]): void;
  };
  readonly setKey: (milestone: Milestone, value: boolean) => void;
}

const STATE_KEY = 'milestones';

/** Remembers what was done, in all windows and after restarts, and tells the editor at once. */
export class Milestones {
  readonly #reached: Set<Milestone>;

  constructor(private readonly host: MilestonesHost) {
    host.state.setKeysForSync([STATE_KEY]);
    const kept = host.state.get(STATE_KEY);
    this.#reached = new Set(MILESTONES.filter((each) => Array.isArray(kept) && kept.includes(each)));
    for (const milestone of this.#reached) {
      host.setKey(milestone, true);
    }
  }

  /** Notes that this was done; cheap when it was before. */
  async reach(milestone: Milestone): Promise<void> {
    if (this.#reached.has(milestone)) {
      return;
    }
    this.#reached.add(milestone);
    this.host.setKey(milestone, true);
    await this.host.state.update(STATE_KEY, [...this.#reached]);
  }
}
