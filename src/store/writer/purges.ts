import * as l10n from '@vscode/l10n';
import { InvalidInstanceError, NotPurgedError } from '../errors';
import type { InstanceProjection } from '../instances/projection';
import type { PurgePlan, PurgeResult } from '../writeResults';
import { personHash } from '../instances/people';
import { isStricter, PRIVACY, type PrivacyMode } from '../instances/privacy';
import { shardsHolding } from './dropTexts';
import { eraseRowsOfPerson, rowsOfPerson, shardsOfPerson } from './erasePerson';
import type { MirrorFile } from './mirrorFile';
import type { MirrorTables } from './mirrorTables';
import { noteTombstone } from './noteTombstone';
import { excludedRows, purgeRows } from './purgeRows';
import { eraseInstance, markInstanceRemoved, withoutForeignKeys } from './removeInstance';
import { stamp } from './session';

/** Removes for good: instances, what a stricter privacy mode excludes, and single people. */
export class Purges {
  readonly #file: MirrorFile;
  readonly #tables: MirrorTables;

  constructor(file: MirrorFile, tables: MirrorTables) {
    this.#file = file;
    this.#tables = tables;
  }

  /** Refuses a run in a mode that forbids what the mirror still holds. @throws NotPurgedError */
  assertPurged({ id, name, privacy = 'full' }: InstanceProjection): void {
    if (isStricter(privacy, this.#modeOf(id)) && this.#hasRows(id)) {
      throw new NotPurgedError(
        l10n.t(
          'The mirror of {0} holds more than its privacy mode allows. Change the privacy mode again to remove it.',
          name,
        ),
      );
    }
  }

  removeInstance(instanceId: number, data: 'keep' | 'delete'): PurgeResult {
    this.#file.assertMayErase();
    if (data === 'delete') {
      withoutForeignKeys(this.#file.session, () => {
        this.#file.change('rows', () => {
          eraseInstance(this.#file.session, instanceId);
          noteTombstone(this.#file.session, { kind: 'instance', instanceId });
          this.#file.shards.dropGarbage();
        });
      });
      this.#file.forgetInstance(instanceId);
      return this.#file.publishPurged(instanceId);
    }
    this.#file.change('rows', () => {
      markInstanceRemoved(this.#file.session, instanceId);
    });
    const result = this.#file.publish();
    this.#file.refreshCopies();
    return { ...result, filesLeft: [] };
  }

  planPrivacy(instanceId: number, mode: PrivacyMode): PurgePlan {
    this.#file.assertUsable();
    if (isStricter(this.#modeOf(instanceId), mode)) {
      return { rows: {}, files: [] };
    }
    const { session } = this.#file;
    const rules = PRIVACY[mode];
    return {
      rows: excludedRows(session, instanceId, rules),
      files: rules.keepsText
        ? this.#file.olderCopies()
        : this.#filesBesides(shardsHolding(session, 'm.instance_id = ?', [instanceId])),
    };
  }

  async tightenPrivacy(instanceId: number, mode: PrivacyMode): Promise<PurgeResult> {
    this.#file.assertMayErase();
    const rules = PRIVACY[mode];
    const salt = rules.keepsIdentities ? undefined : await this.#file.ensureSalt();
    if (isStricter(this.#modeOf(instanceId), mode)) {
      this.#file.change('rows', () => {
        this.#writeMode(instanceId, mode);
      });
      return { ...this.#file.publish(), filesLeft: [] };
    }
    this.#file.change('rows', () => {
      purgeRows(this.#file.session, instanceId, rules, salt);
      if (!rules.keepsText) {
        this.#file.shards.dropGarbage();
      }
      this.#tables.rehash(instanceId, rules);
      this.#writeMode(instanceId, mode);
      noteTombstone(this.#file.session, { kind: 'privacy', instanceId, mode });
    });
    return this.#file.publishPurged(instanceId);
  }

  planErasure(instanceId: number, userRemoteId: string): PurgePlan {
    this.#file.assertUsable();
    const { session } = this.#file;
    return {
      rows: rowsOfPerson(session, instanceId, userRemoteId),
      files: this.#filesBesides(shardsOfPerson(session, instanceId, userRemoteId)),
    };
  }

  /** @throws InvalidInstanceError where nothing is mirrored of the instance: its removal may have come first */
  async erasePerson(instanceId: number, userRemoteId: string): Promise<PurgeResult> {
    this.#file.assertMayErase();
    this.#assertMirrored(instanceId);
    const salt = await this.#file.ensureSalt();
    this.#file.change('rows', () => {
      const hash = personHash(salt, instanceId, userRemoteId);
      eraseRowsOfPerson(this.#file.session, instanceId, userRemoteId, hash);
      this.#file.shards.dropGarbage();
      this.#tables.groups.recount(instanceId);
      this.#tables.rehash(instanceId, PRIVACY[this.#modeOf(instanceId)]);
    });
    return this.#file.publishPurged(instanceId);
  }

  /** Files that go when these shards are written anew, and with them all that hold what is not needed. */
  #filesBesides(emptied: readonly string[]): string[] {
    const { shards } = this.#file;
    return this.#file.olderCopies([...emptied, ...shards.withGarbage().map(({ name }) => name)]);
  }

  #modeOf(instanceId: number): PrivacyMode {
    const [mode] = this.#file.session.database.get<[PrivacyMode]>(
      'SELECT privacy FROM instances WHERE id = ?',
      [instanceId],
    ) ?? ['full'];
    return mode;
  }

  #writeMode(instanceId: number, mode: PrivacyMode): void {
    const { session } = this.#file;
    session.database.run(
      `UPDATE instances SET privacy = ?1, sync_datetime = ?2, sync_datetime_epoch = ?3
       WHERE id = ?4 AND privacy <> ?1`,
      [mode, ...stamp(session), instanceId],
    );
  }

  #assertMirrored(instanceId: number): void {
    if (this.#file.session.database.get('SELECT 1 FROM instances WHERE id = ?', [instanceId]) === undefined) {
      throw new InvalidInstanceError(
        l10n.t('The database holds nothing of this instance: it was removed, or never synced.'),
      );
    }
  }

  #hasRows(instanceId: number): boolean {
    const sql = 'SELECT 1 FROM users WHERE instance_id = ? LIMIT 1';
    return this.#file.session.database.get(sql, [instanceId]) !== undefined;
  }
}
