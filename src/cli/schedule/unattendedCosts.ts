import type { CostConnection } from '../../store/costs/costConnection';
import { loadCostConnections } from '../../store/costs/costConnectionsFile';
import type { CostRunSummary } from '../../store/costs/costTypes';
import { CostSync } from '../../sync/costs/costSync';
import { ScheduledCosts } from '../../sync/costs/scheduledCosts';
import { openCostSession, type CostParts } from '../costSession';
import { costRunText } from '../costText';
import type { Terminal } from '../terminal';
import type { Unattended } from './unattended';

/** Costs of a data folder for which nobody is there: once a day, after the syncs. */
export class UnattendedCosts {
  readonly #costs: ScheduledCosts;
  #connections: readonly CostConnection[] = [];

  constructor(
    private readonly terminal: Terminal,
    private readonly folder: string,
    private readonly mirror: Unattended,
    private readonly parts: CostParts,
    private readonly events: {
      readonly onRun: (run: CostRunSummary) => void;
      readonly onFailure: (error: unknown) => void;
    },
  ) {
    this.#costs = new ScheduledCosts({
      connections: () => this.#connections,
      isOn: () => true,
      scopes: () => mirror.status.costs ?? [],
      isSyncing: () => false,
      signInProblems: () => new Map(),
      reload: () => mirror.reload(),
      sync: (due, trigger) => this.#sync(due, trigger),
      onFailure: events.onFailure,
    });
  }

  /** One look at the clock; reads what is due. @param now ms since 1970 */
  async tick(now: number): Promise<void> {
    this.#connections = (await loadCostConnections(this.folder)).filter(canSignIn);
    await this.#costs.tick(now);
  }

  async #sync(due: readonly CostConnection[], trigger: 'startup' | 'schedule'): Promise<void> {
    const costs = new CostSync(await openCostSession(this.terminal, this.folder, this.parts));
    costs.onEvent((event) => {
      if (event.type === 'finished') {
        const { out, err } = this.terminal;
        this.mirror.say(costRunText(event.run, event.connection.name), event.run.status === 'ok' ? out : err);
        this.events.onRun(event.run);
      }
    });
    const { trigger: cause = trigger } = this.mirror.timing;
    await costs.sync(due, { trigger: cause }, this.terminal.signal);
  }
}

/** What only the editor can sign in to is left to it. */
function canSignIn({ signIn }: CostConnection): boolean {
  return signIn.kind !== 'editor' && !(signIn.kind === 'clientSecret' && signIn.secret === undefined);
}
