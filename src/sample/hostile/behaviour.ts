import type { Fault, FaultMatcher } from '../faults';
import type { SampleServer } from '../server';

/** Where a behaviour shows and how often; what is left out is the behaviour's own choice. */
export interface Aim {
  /** Which requests go wrong. */
  readonly at?: FaultMatcher;
  /** How many of them; default: all. */
  readonly times?: number;
  /** The chat that something happens to; default: the oldest. */
  readonly chatId?: string;
}

/** One way in which a server can be hostile. */
export interface HostileBehaviour {
  /** What it does, for people. */
  readonly does: string;
  /** Starts it. @returns ends it, where it does not end by itself */
  readonly start: (server: SampleServer, aim: Aim) => () => void;
}

/** A behaviour on the wire: some requests are answered wrongly. */
export function onTheWire(
  does: string,
  at: FaultMatcher,
  fault: Fault | ((server: SampleServer) => Fault),
): HostileBehaviour {
  return {
    does,
    start: (server, aim) =>
      server.fail(aim.at ?? at, typeof fault === 'function' ? fault(server) : fault, aim.times ?? Infinity),
  };
}

/** A change of the server that can be taken back, or a fault of its own kind. */
export function onTheServer(does: string, start: HostileBehaviour['start']): HostileBehaviour {
  return { does, start };
}

/** Something that happens to the server or its data, and stays. */
export function forGood(does: string, act: (server: SampleServer, aim: Aim) => void): HostileBehaviour {
  return {
    does,
    start: (server, aim) => {
      act(server, aim);
      return (): void => undefined;
    },
  };
}

/** The chat that is aimed at. @throws Error when there is none. */
export function chatOf({ world }: SampleServer, { chatId }: Aim): string {
  const id = chatId ?? world.chats.all()[0]?.id;
  if (id === undefined) {
    throw new Error('The sample server has no chat');
  }
  return id;
}
