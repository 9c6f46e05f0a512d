import { statSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { collectableShards, collectShards } from '../content/collection';
import { ContentShards } from '../content/contentShards';
import type { DataFolder } from '../files/dataFolder';
import { imageBytes, unusedPages } from '../files/imageSize';
import type { PublishResult } from '../writeResults';
import {
  DEFAULT_RETENTION,
  retentionSchema,
  type FreeUpItem,
  type FreeUpPlan,
  type FreeUpRequest,
  type FreeUpResult,
  type OpenPolicy,
  type RetentionPolicy,
} from '../retention/retention';
import { agreedTextMonths, agreeToTextMonths, rememberedRunDays } from '../retention/retentionMeta';
import { dropSpentText, type RetainedMirror } from './freeSpaceAuto';
import { dropRuns, spentRuns } from './freeSpaceRuns';
import { spentText } from './freeSpaceText';
import { spaceUsed } from './freeSpaceUsed';

/** What freeing space needs of the mirror's file. */
export interface FreeableMirror extends RetainedMirror {
  readonly folder: DataFolder;
  /** Number of the newest file generation. */
  readonly generation: number;
  /** @throws when another process published first */
  assertUsable(): void;
  /** @throws in a preview, and when another process may be writing to the mirror */
  assertMayErase(): void;
  /** The journal's lines of these runs go with the next publish. */
  forgetRuns(runIds: readonly string[]): void;
  /** Moves all pages together, so that what holds nothing goes. */
  vacuum(): void;
  publish(): PublishResult;
}

/** Moving all pages together is worth it from this part of unused ones on. */
const WORTHWHILE = 0.1;

/**
 * Says what a policy would free, and frees it. Not a privacy purge: older generations and backups keep what was
 * removed until they age out.
 */
export class FreeSpace {
  readonly #mirror: FreeableMirror;

  constructor(mirror: FreeableMirror) {
    this.#mirror = mirror;
  }

  plan({ textMonths, runDays }: OpenPolicy): FreeUpPlan {
    const { session, folder, generation } = this.#mirror;
    this.#mirror.assertUsable();
    const valid = v.parse(retentionSchema, {
      textMonths: textMonths ?? DEFAULT_RETENTION.textMonths,
      runDays: runDays ?? rememberedRunDays(session.database),
    });
    return {
      policy: valid,
      items: this.#items(valid),
      space: spaceUsed(folder, session.database, generation),
      agreedTextMonths: agreedTextMonths(session.database),
    };
  }

  freeUp({ agreesForLater = false, ...policy }: FreeUpRequest): FreeUpResult {
    const { session, folder, shards } = this.#mirror;
    this.#mirror.assertMayErase();
    const valid = v.parse(retentionSchema, policy);
    const items = this.#items(valid);
    const imageBytesBefore = imageBytes(session.database);
    this.#mirror.change('rows', () => {
      this.#mirror.forgetRuns(dropRuns(session, valid));
      dropSpentText(session, shards, valid);
      if (agreesForLater && valid.textMonths > 0) {
        agreeToTextMonths(session.database, valid.textMonths);
      }
    });
    if (this.#emptyPages().rows > 0) {
      this.#mirror.vacuum();
    }
    const result = this.#mirror.publish();
    collectShards(folder, { named: shards.names() });
    return { ...result, items, imageBytesBefore, imageBytesAfter: imageBytes(session.database) };
  }

  #items(policy: RetentionPolicy): FreeUpItem[] {
    const { session } = this.#mirror;
    return [this.#text(policy), spentRuns(session, policy), this.#unnamedShards(), this.#emptyPages()];
  }

  /** Pages that hold nothing, where giving them back to the disk is worth the work. */
  #emptyPages(): FreeUpItem {
    const { pages, part, bytes } = unusedPages(this.#mirror.session.database);
    return part > WORTHWHILE ? { kind: 'pages', rows: pages, bytes } : { kind: 'pages', rows: 0, bytes: 0 };
  }

  #text(policy: RetentionPolicy): FreeUpItem {
    const opened = new ContentShards(this.#mirror.folder.content);
    try {
      return spentText(this.#mirror.session, opened, policy);
    } finally {
      opened.close();
    }
  }

  #unnamedShards(): FreeUpItem {
    const { folder, shards } = this.#mirror;
    const names = collectableShards(folder, { named: shards.names() });
    const bytes = names.reduce(
      (sum, name) => sum + (statSync(join(folder.content, name), { throwIfNoEntry: false })?.size ?? 0),
      0,
    );
    return { kind: 'shards', rows: names.length, bytes };
  }
}
