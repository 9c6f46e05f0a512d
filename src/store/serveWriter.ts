import { parentPort, workerData } from 'node:worker_threads';
import type { WriterMethods, WriterWorkerData } from './openWriter';
import type { ChatDecoder, EpochSeconds } from './records';
import { serveRpc, type Port } from './rpc';
import { MirrorDatabase } from './writer/mirrorDatabase';

/** `WriterMethods` with synchronous bodies. */
type Served = {
  readonly [K in keyof WriterMethods]: (
    ...args: Parameters<WriterMethods[K]>
  ) => Awaited<ReturnType<WriterMethods[K]>> | ReturnType<WriterMethods[K]>;
};

/** Runs the writer in this worker; its time is the caller's. @param decodeChat reads the chat bodies here. */
export function serveWriter(decodeChat: ChatDecoder): void {
  if (parentPort === null) {
    throw new Error('The writer runs in a worker only');
  }
  serveRpc<Served>(parentPort satisfies Port, methods(workerData as WriterWorkerData, decodeChat), {
    onContext: (context) => {
      callerTime = context as EpochSeconds;
    },
  });
}

let callerTime: EpochSeconds = 0;

function methods({ folder, zone, isDryRun }: WriterWorkerData, decodeChat: ChatDecoder): Served {
  let opened: MirrorDatabase | undefined;
  const mirror = (): MirrorDatabase => {
    if (opened === undefined) {
      throw new Error('The writer was not opened');
    }
    return opened;
  };
  return {
    open: async () => {
      opened = await MirrorDatabase.open({ folder, zone, isDryRun, decodeChat, now: () => callerTime });
    },
    facts: (...args) => mirror().facts(...args),
    erasedPeople: (...args) => mirror().erasedPeople(...args),
    knownFeedback: (...args) => mirror().knownFeedback(...args),
    heldDeletions: (...args) => mirror().heldDeletions(...args),
    applyGroups: (...args) => mirror().applyGroups(...args),
    applyFeedback: (...args) => mirror().applyFeedback(...args),
    holdDeletions: (...args) => mirror().holdDeletions(...args),
    setHealth: (...args) => mirror().setHealth(...args),
    changes: (...args) => mirror().changes(...args),
    planPrivacy: (...args) => mirror().planPrivacy(...args),
    tightenPrivacy: (...args) => mirror().tightenPrivacy(...args),
    planErasure: (...args) => mirror().planErasure(...args),
    erasePerson: (...args) => mirror().erasePerson(...args),
    startRun: (...args) => mirror().startRun(...args),
    endRun: (...args) => mirror().endRun(...args),
    knownUsers: (...args) => mirror().knownUsers(...args),
    knownChats: (...args) => mirror().knownChats(...args),
    knownIds: (...args) => mirror().knownIds(...args),
    liveChats: (...args) => mirror().liveChats(...args),
    knownKnowledgeBases: (...args) => mirror().knownKnowledgeBases(...args),
    state: (...args) => mirror().state(...args),
    applyUsers: (...args) => mirror().applyUsers(...args),
    applyChat: (...args) => mirror().applyChat(...args),
    applyModels: (...args) => mirror().applyModels(...args),
    applyKnowledgeBases: (...args) => mirror().applyKnowledgeBases(...args),
    applyFiles: (...args) => mirror().applyFiles(...args),
    markDeleted: (...args) => mirror().markDeleted(...args),
    quarantine: (...args) => mirror().quarantine(...args),
    quarantined: (...args) => mirror().quarantined(...args),
    saveState: (...args) => mirror().saveState(...args),
    publish: () => mirror().publish(),
    refreshCopies: () => mirror().refreshCopies(),
    removeInstance: (...args) => mirror().removeInstance(...args),
    close: () => mirror().close(),
  };
}
