import type { SampleWorld } from '../../../../src/sample/world';
import type { RunSummary } from '../../../../src/store/runs';
import { idsOf, type Ids } from './expectation';
import { emptyTables, TABLES } from './tables';

/** What happened on a server that incremental syncs cannot see. */
export interface Unseen {
  /** Chats that changed without a sign. */
  readonly changedChats: ReadonlySet<string>;
  /** Chats that somebody else than their owner deleted. */
  readonly deletedChats: ReadonlySet<string>;
  /** Any chat may be another than the lists told. */
  readonly isAnyChat: boolean;
  /** The last full sync went on where one before had broken off: what that had read may be older. */
  readonly isResumed: boolean;
}

const NOTHING: Unseen = {
  changedChats: new Set(),
  deletedChats: new Set(),
  isAnyChat: false,
  isResumed: false,
};

/** What a server ever had, and what of it a mirror may not know of yet. */
export class Memory {
  readonly #ever = emptyTables(() => new Set<string>());
  #unseen = NOTHING;
  #isServerDoubtful = false;
  #isFullSyncBroken = false;

  /** Every id that the server ever had. */
  get ever(): Ids {
    return this.#ever;
  }

  get unseen(): Unseen {
    return this.#unseen;
  }

  /** The server came back from a backup or empty, and nobody has agreed yet to what it lacks. */
  get isServerDoubtful(): boolean {
    return this.#isServerDoubtful;
  }

  /** Notes what the server has now. */
  note(world: SampleWorld): Ids {
    const ids = idsOf(world);
    for (const table of TABLES) {
      ids[table].forEach((id) => this.#ever[table].add(id));
    }
    return ids;
  }

  noteSilentChange(chatId: string): void {
    this.#unseen = united(this.#unseen, { ...NOTHING, changedChats: new Set([chatId]) });
  }

  noteDeletionByOthers(chatId: string): void {
    this.#unseen = united(this.#unseen, { ...NOTHING, deletedChats: new Set([chatId]) });
  }

  /** The server became another one, or an older one. */
  noteOtherServer(): void {
    this.noteWrongLists();
    this.#isServerDoubtful = true;
  }

  /** Somebody has agreed to all that the server lacks. */
  noteAgreement(): void {
    this.#isServerDoubtful = false;
  }

  /** Lists left chats out. */
  noteWrongLists(): void {
    this.#unseen = { ...this.#unseen, isAnyChat: true };
  }

  /**
   * Begins a run: what happens on the server from here on may escape it.
   * @returns ends it: what a run that looked at everybody must have seen is unseen no more
   */
  beginRun(): (run: RunSummary | undefined) => void {
    const before = this.#unseen;
    this.#unseen = NOTHING;
    return (run) => {
      const chats = run?.streams.find(({ stream }) => stream === 'chats');
      const isFull = run?.kind === 'full';
      const isRead = chats?.status === 'ok';
      const isComplete = run?.walk === 'complete' && isRead;
      const { changedChats } = before;
      const isWhole = isFull && isRead && !this.#isFullSyncBroken;
      const left = isWhole ? NOTHING : isComplete ? { ...NOTHING, changedChats, isResumed: isFull } : before;
      this.#unseen = united(left, this.#unseen);
      this.#isFullSyncBroken = isFull ? !isRead : this.#isFullSyncBroken;
    };
  }
}

function united(one: Unseen, other: Unseen): Unseen {
  return {
    changedChats: new Set([...one.changedChats, ...other.changedChats]),
    deletedChats: new Set([...one.deletedChats, ...other.deletedChats]),
    isAnyChat: one.isAnyChat || other.isAnyChat,
    isResumed: one.isResumed || other.isResumed,
  };
}
