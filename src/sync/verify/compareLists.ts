import * as l10n from '@vscode/l10n';
import type { DeletableStream } from '../../store/mirrorFacts';
import type { EpochSeconds } from '../../store/records';
import { countOf } from '../words';
import type { Differences } from './differences';
import type { VerifyArea } from './verifyTypes';

/** Objects that a list left out are asked for one by one, but no more than so many: some servers hide a few. */
const MOST_ASKED_FOR = 25;

/** One object as a server's list shows it. */
export interface ListedObject {
  /** As the mirror knows it. */
  readonly id: string;
  /** Undefined: not told, so not compared. */
  readonly updatedAt?: EpochSeconds | undefined;
  readonly label?: string | undefined;
}

/** Both sides of one stream. */
export interface TwoSides {
  readonly server: readonly ListedObject[];
  /** Living rows of the mirror with their `updated_at`; undefined: not known, so not compared. */
  readonly mirror: ReadonlyMap<string, EpochSeconds | undefined>;
  /** Ids whose deletion waits for a person: nothing that another sync could repair. */
  readonly held: readonly string[];
  /** Asks the server for an object that its list left out. */
  readonly exists?: ((id: string) => Promise<boolean>) | undefined;
}

/** Compares ids and, where both sides tell it, `updated_at`. */
export async function compareLists(
  stream: DeletableStream,
  sides: TwoSides,
  differences: Differences,
): Promise<VerifyArea> {
  const { mirror, exists } = sides;
  const server = new Map(sides.server.map((object) => [object.id, object]));
  for (const { id, updatedAt, label } of server.values()) {
    const known = mirror.get(id);
    if (!mirror.has(id)) {
      differences.add({ stream, remoteId: id, label, kind: 'missing' });
    } else if (known !== undefined && updatedAt !== undefined && known !== updatedAt) {
      differences.add({ stream, remoteId: id, label, kind: 'differs' });
    }
  }
  const held = new Set(sides.held);
  const unlisted = [...mirror.keys()].filter((id) => !server.has(id));
  const suspects = unlisted.filter((id) => !held.has(id));
  const hidden = exists === undefined ? new Set<string>() : await hiddenOf(suspects, exists);
  for (const remoteId of suspects.filter((id) => !hidden.has(id))) {
    differences.add({ stream, remoteId, kind: 'gone' });
  }
  return {
    stream,
    server: server.size + hidden.size,
    mirror: mirror.size,
    problem: heldText(unlisted.length - suspects.length),
  };
}

/** Objects that the server has although its list left them out. */
async function hiddenOf(
  suspects: readonly string[],
  exists: (id: string) => Promise<boolean>,
): Promise<ReadonlySet<string>> {
  const hidden = new Set<string>();
  for (const id of suspects.slice(0, MOST_ASKED_FOR)) {
    if (await exists(id)) {
      hidden.add(id);
    }
  }
  return hidden;
}

function heldText(count: number): string | undefined {
  if (count === 0) {
    return undefined;
  }
  const held = countOf(count, 'deletion');
  return count === 1
    ? l10n.t('{0} was held back. Review it.', held)
    : l10n.t('{0} were held back. Review them.', held);
}
