import type { FaultMatcher } from '../src/sample/faults';
import type { SampleServer } from '../src/sample/server';

/**
 * Holds matching answers of a server back, so that what asks for them stays where it is however fast the machine is.
 * @returns lets them go, and holds no more
 */
export function holdAnswers(server: SampleServer, matcher: FaultMatcher): () => void {
  let letGo = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const forget = server.fail(matcher, { kind: 'meanwhile', act: () => released }, Infinity);
  return () => {
    forget();
    letGo();
  };
}
