import type { CostDriver } from '../../analysis/analysisTypes';
import { plainScope } from '../costScope';
import { meterMeaning, tokensInUnit } from '../meters';
import { isSameModel, modelKey, type ModelKey } from '../modelFamilies';
import type { BilledRow, CostMapping } from './allocationTypes';

/** What a row counts, and whose it may be. */
export interface RowMeaning {
  /** `fixed`: no tokens of one direction. */
  readonly direction: 'input' | 'cached' | 'output' | 'fixed';
  readonly driver: CostDriver;
  /** Undefined: every model that the resource serves; a vendor's models by the beginning of their names. */
  readonly models?: readonly ModelKey[] | { readonly vendor: string } | undefined;
  /** As somebody wrote them, in lower case: also models that no meter names. */
  readonly names?: ReadonlySet<string> | undefined;
  /** Batches are never chats. */
  readonly isBatch: boolean;
  readonly tokensPerUnit?: number | undefined;
}

/** What is said about resources, deployments and meters, made for looking up. */
export class CostMap {
  /** By resource without its first slash. */
  readonly #resources = new Map<string, number[]>();
  /** By deployment in lower case, then by resource. */
  readonly #deployments = new Map<string, Map<string, ModelKey>>();
  readonly #mappedResources = new Set<string>();
  readonly #meters: ReadonlyMap<string, CostMapping['meters'][number]>;
  readonly #meanings = new Map<string, RowMeaning | undefined>();
  /** Instances that the mirror has. */
  readonly #instances: ReadonlySet<number>;

  constructor({ resources, deployments, meters }: CostMapping, instances: Iterable<number>) {
    for (const { resource, instanceId } of resources) {
      const key = plainScope(resource);
      const served = this.#resources.get(key) ?? [];
      this.#resources.set(key, instanceId === 0 ? served : [...served, instanceId]);
    }
    for (const { resource, deployment, model, version } of deployments) {
      const name = deployment.toLowerCase();
      const byResource = this.#deployments.get(name) ?? new Map<string, ModelKey>();
      byResource.set(plainScope(resource), modelKey(model, version) ?? { family: model.toLowerCase() });
      this.#deployments.set(name, byResource);
      this.#mappedResources.add(plainScope(resource));
    }
    this.#meters = new Map(meters.map((mapping) => [mapping.meter.toLowerCase(), mapping]));
    this.#instances = new Set(instances);
  }

  /**
   * The instances that a resource serves, in order; those that the mirror does not have left out. Undefined where nobody
   * has said; what is said of a resource comes before what is said of the group that it is in.
   */
  instancesOf(resourceId: string): { readonly isNone: boolean; readonly ids: readonly number[] } | undefined {
    let key = plainScope(resourceId);
    while (key !== '') {
      const served = this.#resources.get(key);
      if (served !== undefined) {
        const ids = served.filter((id) => this.#instances.has(id)).sort((a, b) => a - b);
        return { isNone: served.length === 0, ids };
      }
      key = key.slice(0, Math.max(0, key.lastIndexOf('/')));
    }
    return undefined;
  }

  /** What a row counts: as somebody said, else by the meter's name. Undefined: not known. */
  meaningOf({ meter, meterSubcategory, unit }: BilledRow): RowMeaning | undefined {
    const key = JSON.stringify([meter, meterSubcategory, unit]);
    if (!this.#meanings.has(key)) {
      this.#meanings.set(key, this.#meaning(meter, meterSubcategory, unit));
    }
    return this.#meanings.get(key);
  }

  /** Whether a meter of a resource counts a model. @param modelIds the model's own id, then what it is made of */
  counts({ models, names }: RowMeaning, resourceId: string, modelIds: readonly string[]): boolean {
    if (models === undefined) {
      return !this.#mappedResources.has(plainScope(resourceId)) || this.#isDeployedOn(resourceId, modelIds);
    }
    if ('vendor' in models) {
      return modelIds.some((id) => isOfVendor(id, models.vendor));
    }
    const key = this.#modelOn(resourceId, modelIds);
    if (key !== undefined) {
      return models.some((model) => isSameModel(model, key));
    }
    return modelIds.some(
      (id) => names?.has(id.toLowerCase()) === true && this.#deploymentsNamed(id) === undefined,
    );
  }

  /** Which model something of this chain is on a resource; undefined: not known, or served by other resources only. */
  #modelOn(resourceId: string, modelIds: readonly string[]): ModelKey | undefined {
    for (const id of modelIds) {
      const byResource = this.#deploymentsNamed(id);
      const key =
        byResource === undefined
          ? modelKey(id)
          : (byResource.get(plainScope(resourceId)) ?? byResource.get(''));
      if (key !== undefined || byResource !== undefined) {
        return key;
      }
    }
    return undefined;
  }

  /** Whether one of these names is said to be a deployment of the resource. */
  #isDeployedOn(resourceId: string, modelIds: readonly string[]): boolean {
    return modelIds.some((id) => {
      const byResource = this.#deploymentsNamed(id);
      return byResource !== undefined && (byResource.has(plainScope(resourceId)) || byResource.has(''));
    });
  }

  /** By its name, or by what follows the prefix that a connection gives to the names of its models. */
  #deploymentsNamed(modelId: string): ReadonlyMap<string, ModelKey> | undefined {
    const name = modelId.toLowerCase();
    return this.#deployments.get(name) ?? this.#deployments.get(name.slice(name.indexOf('.') + 1));
  }

  #meaning(meter: string, subcategory: string, unit: string | undefined): RowMeaning | undefined {
    const billedUnit = unit === undefined ? undefined : tokensInUnit(unit);
    const said = this.#meters.get(meter.toLowerCase());
    if (said !== undefined) {
      const { direction, driver } = said;
      const models = said.models?.map((name) => modelKey(name) ?? { family: name.toLowerCase() });
      const named = meterMeaning(meter, subcategory)?.tokensPerUnit;
      return {
        ...{ direction, driver, models, isBatch: false },
        names: new Set(said.models?.map((name) => name.toLowerCase())),
        tokensPerUnit: said.tokensPerUnit ?? billedUnit ?? named,
      };
    }
    const meaning = meterMeaning(meter, subcategory);
    switch (meaning?.kind) {
      case 'tokens': {
        const { direction, family = '', version, isBatch } = meaning;
        const models = [{ family, version }];
        return {
          direction,
          driver: 'tokens',
          models,
          isBatch,
          tokensPerUnit: billedUnit ?? meaning.tokensPerUnit,
        };
      }
      case 'provisioned':
        return { direction: 'fixed', driver: 'tokens', isBatch: false };
      case 'marketplace':
        return {
          direction: 'fixed',
          driver: 'listCost',
          models: { vendor: meaning.family ?? '' },
          isBatch: false,
        };
      default:
        return undefined;
    }
  }
}

/** Whether a name, after whatever a gateway puts before it, begins as the vendor's models do. */
function isOfVendor(modelId: string, vendor: string): boolean {
  return modelId
    .toLowerCase()
    .split(/[./:\s]/u)
    .some((part) => part.startsWith(`${vendor}-`));
}
