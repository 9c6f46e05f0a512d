import { withoutAccount, withoutInstance, withRenamedAccounts } from '../analysis/analysisEdits';
import type { Analysis } from '../analysis/analysisTypes';
import type { RestoreResult } from '../backups/backupTypes';
import type { RefetchResult } from '../check/checkTypes';
import type {
  CostMonth,
  CostMonthResult,
  CostRunEnd,
  CostScope,
  CostScopeFacts,
  CostTrigger,
} from '../costs/costTypes';
import { personHash } from '../instances/people';
import { PRIVACY, type PrivacyMode } from '../instances/privacy';
import type { ChatDecoder, EpochSeconds } from '../records';
import type { FreeUpPlan, FreeUpRequest, FreeUpResult, OpenPolicy } from '../retention/retention';
import type { CopyResult, PublishResult, PurgePlan, PurgeResult } from '../writeResults';
import { MirrorFile } from './mirrorFile';
import type { MirrorFileOptions } from './mirrorFileOptions';
import { partsOf, type MirrorParts } from './mirrorParts';
import { refetchTexts } from './refetchTexts';
import { restoreBackup } from './restore';
import { RunWrites } from './runWrites';

export interface MirrorOptions extends MirrorFileOptions {
  readonly decodeChat: ChatDecoder;
}

/** `StoreWriter` inside the thread that holds the database: the same methods, synchronous. */
export class MirrorDatabase extends RunWrites {
  readonly #options: MirrorOptions;

  private constructor(options: MirrorOptions, parts: MirrorParts) {
    super(parts);
    this.#options = options;
  }

  /** Opens the newest generation, or begins a new database. @throws NewerDatabaseError */
  static async open(options: MirrorOptions): Promise<MirrorDatabase> {
    const parts = partsOf(await MirrorFile.open(options), options.decodeChat);
    if (options.isDryRun !== true) {
      await parts.analysis.open();
    }
    return new MirrorDatabase(options, parts);
  }

  publish(): PublishResult {
    return this.parts.file.publish();
  }

  refreshCopies(): CopyResult {
    return this.parts.file.refreshCopies();
  }

  async removeInstance(instanceId: number, data: 'keep' | 'delete'): Promise<PurgeResult> {
    this.parts.runs.assertIdle(instanceId);
    if (data === 'delete') {
      await this.parts.analysis.edit((analysis) => withoutInstance(analysis, instanceId));
    }
    return this.parts.purges.removeInstance(instanceId, data);
  }

  planPrivacy(instanceId: number, mode: PrivacyMode): PurgePlan {
    return this.parts.purges.planPrivacy(instanceId, mode);
  }

  async tightenPrivacy(instanceId: number, mode: PrivacyMode): Promise<PurgeResult> {
    this.parts.runs.assertIdle(instanceId);
    this.parts.file.assertMayErase();
    if (!PRIVACY[mode].keepsIdentities) {
      const salt = await this.parts.file.ensureSalt();
      await this.parts.analysis.edit((analysis) =>
        withRenamedAccounts(analysis, instanceId, (user) => personHash(salt, instanceId, user)),
      );
    }
    return this.parts.purges.tightenPrivacy(instanceId, mode);
  }

  planErasure(instanceId: number, userRemoteId: string): PurgePlan {
    return this.parts.purges.planErasure(instanceId, userRemoteId);
  }

  async erasePerson(instanceId: number, userRemoteId: string): Promise<PurgeResult> {
    this.parts.runs.assertIdle(instanceId);
    await this.parts.analysis.edit((analysis) =>
      withoutAccount(analysis, { instance: instanceId, user: userRemoteId }),
    );
    return this.parts.purges.erasePerson(instanceId, userRemoteId);
  }

  async restore(name: string): Promise<RestoreResult> {
    this.parts.runs.assertIdle();
    const result = await restoreBackup(this.parts.file, this.#options, name);
    await this.#reopen();
    return result;
  }

  refetchTexts(): RefetchResult {
    this.parts.runs.assertIdle();
    return refetchTexts(this.parts.file);
  }

  applyAnalysis(analysis: Analysis): PublishResult {
    this.parts.runs.assertIdle();
    this.parts.file.assertMayErase();
    this.parts.analysis.apply(analysis);
    return this.parts.file.publish();
  }

  costFacts(): CostScopeFacts[] {
    return this.parts.costs.facts();
  }

  startCostRun(scope: CostScope, trigger: CostTrigger, startedAt: EpochSeconds): number {
    return this.parts.costs.start(scope, trigger, startedAt);
  }

  replaceCostMonth(runId: number, month: CostMonth, fetchedAt: EpochSeconds): CostMonthResult {
    return this.parts.costs.replaceMonth(runId, month, fetchedAt);
  }

  endCostRun(end: CostRunEnd, finishedAt: EpochSeconds): void {
    this.parts.costs.end(end, finishedAt);
  }

  removeCostScope(scopeId: number, data: 'keep' | 'delete'): void {
    this.parts.costs.removeScope(scopeId, data);
  }

  planFreeUp(policy: OpenPolicy): FreeUpPlan {
    return this.parts.freeSpace.plan(policy);
  }

  freeUp(request: FreeUpRequest): FreeUpResult {
    this.parts.runs.assertIdle();
    return this.parts.freeSpace.freeUp(request);
  }

  close(): void {
    this.parts.file.close();
  }

  /** Goes on with what is the newest now. */
  async #reopen(): Promise<void> {
    this.parts.file.close();
    this.parts = (await MirrorDatabase.open(this.#options)).parts;
  }
}
