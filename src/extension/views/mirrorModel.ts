import * as vscode from 'vscode';
import type { InstanceList } from '../instances/instanceList';
import { setContextKey } from '../contextKeys';
import type { HeadlessSchedule } from '../headless/headlessSchedule';
import type { SignInMonitor } from '../instances/signInMonitor';
import { demoNodes } from '../demo/demoNodes';
import type { MirrorState } from '../sources/dataSource';
import type { DataSources } from '../sources/dataSources';
import type { Timer } from '../timer/timer';
import type { MirrorView } from './instanceView';
import type { NodeModel } from './nodeModel';
import { treeOf } from './nodes';

/** Where a {@link MirrorModel} gets its parts. */
export interface MirrorModelParts {
  readonly instances: InstanceList;
  readonly mirror: MirrorState;
  readonly signIns: SignInMonitor;
  readonly timer: Timer;
  readonly headless: HeadlessSchedule;
  /** Its demo has a line of the tree, and is nowhere else. */
  readonly sources: DataSources;
}

/** Brings instances, status, runs, sign-ins and the timer together; the context keys follow it. */
export class MirrorModel implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #subscriptions: vscode.Disposable;

  /** Fires when anything of the view may differ. */
  readonly onDidChange = this.#changed.event;

  constructor(private readonly parts: MirrorModelParts) {
    const { instances, mirror, signIns, timer, headless, sources } = parts;
    const update = (): void => {
      this.#setContextKeys();
      this.#changed.fire(undefined);
    };
    this.#subscriptions = vscode.Disposable.from(
      instances.onDidChange(update),
      mirror.onDidChange(update),
      signIns.onDidChange(update),
      timer.onDidChange(update),
      headless.onDidChange(update),
      sources.onDidChange(update),
    );
    this.#setContextKeys();
  }

  /** Everything as it is now. */
  view(): MirrorView {
    const { instances, mirror, signIns, timer, headless } = this.parts;
    return {
      instances: instances.list(),
      status: mirror.status,
      running: mirror.running,
      nextRuns: timer.nextRuns(),
      headless: headless.view,
      signInProblems: signIns.problems(),
      signInEnds: signIns.endings(),
      zone: instances.zone(),
      now: Date.now(),
    };
  }

  /** The lines of the tree as they are now. */
  tree(): readonly NodeModel[] {
    return [...treeOf(this.view()), ...demoNodes(this.parts.sources.demo)];
  }

  /** Whether deletions of any instance wait for a person. */
  get hasHeldDeletions(): boolean {
    const known = new Set(this.parts.instances.list().map(({ id }) => id));
    return this.parts.mirror.status.instances.some(
      ({ instanceId, heldDeletions }) => heldDeletions > 0 && known.has(instanceId),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#changed.dispose();
  }

  #setContextKeys(): void {
    setContextKey('hasInstances', this.parts.instances.list().length > 0);
    setContextKey('hasHeldDeletions', this.hasHeldDeletions);
    setContextKey('needsSignIn', this.parts.signIns.problems().size > 0);
    setContextKey('isSyncing', this.parts.mirror.running.length > 0);
    setContextKey('isTimerOn', this.parts.timer.isOn);
  }
}
