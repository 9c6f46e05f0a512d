import type { CostDriver, MeterDirection } from '../../analysis/analysisTypes';
import type { CostType, E8 } from '../costTypes';

/** Why a part of a bill is not allocated. */
export const SHARE_REASONS = [
  /** Not for use: a purchase, refund, tax, rounding. */
  'otherCharge',
  /** The resource is billed in another scope too, which counts. */
  'otherScope',
  /** Nobody has said yet which instance the resource serves. */
  'unmappedResource',
  /** Somebody has said that it serves none. */
  'servesNone',
  /** The day is not complete yet. */
  'tooFresh',
  /** Its name does not say what it counts, nor has anybody. */
  'unknownMeter',
  /** No generation of its model on this day. */
  'noUsage',
  /** A fixed cost of a day without any use. */
  'idle',
  /** Used by something else: API keys, temporary chats, batches, other applications. */
  'otherUse',
  /** The model's other costs of the day are in another currency. */
  'anotherCurrency',
  /** Of somebody who was erased since. */
  'erased',
] as const;
export type ShareReason = (typeof SHARE_REASONS)[number];

export type ShareKind = 'allocated' | 'unallocated' | 'unmapped' | 'other';

/** A row of `cost_daily` with what is known of its month. */
export interface BilledRow {
  readonly id: number;
  readonly costType: CostType;
  /** As billed; lower case. */
  readonly resourceId: string;
  readonly meter: string;
  readonly meterSubcategory: string;
  readonly chargeType: string;
  readonly currency: string;
  readonly costE8: E8;
  readonly quantity?: number | undefined;
  /** As billed. */
  readonly unit?: string | undefined;
  /** The day was still filling up when it was read. */
  readonly isFresh: boolean;
  /** Its month is closed. */
  readonly isFinal: boolean;
  /** False: the same resource is billed in another scope, which comes first. */
  readonly isCounted: boolean;
  /** By instance: what of it was of people who were erased since, against what was of others. None of it: absent. */
  readonly erased?: ReadonlyMap<number, ErasedPart> | undefined;
}

/** Amounts without signs. */
export interface ErasedPart {
  readonly erasedE8: E8;
  readonly othersE8: E8;
}

/** A distinct generation of the day. */
export interface UsedGeneration {
  readonly id: number;
  readonly instanceId: number;
  /** The model's own id, then what it is made of; empty: unknown. */
  readonly modelIds: readonly string[];
  readonly userId: number;
  /** What it answers, else itself. */
  readonly turnId: number;
  /** Cached ones included. */
  readonly inputTokens?: number | undefined;
  readonly cachedTokens?: number | undefined;
  readonly outputTokens?: number | undefined;
  readonly listCost?: { readonly currency: string; readonly amount: number } | undefined;
}

/** What a person, or Azure, said about names. */
export interface CostMapping {
  readonly resources: readonly { readonly resource: string; readonly instanceId: number }[];
  readonly deployments: readonly {
    /** Empty: on every resource. */
    readonly resource: string;
    readonly deployment: string;
    readonly model: string;
    readonly version?: string | undefined;
  }[];
  readonly meters: readonly {
    readonly meter: string;
    /** Absent: all that the resource serves. */
    readonly models?: readonly string[] | undefined;
    readonly direction: MeterDirection;
    readonly driver: CostDriver;
    readonly tokensPerUnit?: number | undefined;
  }[];
}

export type AllocationMode = 'auto' | 'allocated' | 'attributed';

/** One UTC day with all that its costs are spread over. */
export interface CostDay {
  readonly rows: readonly BilledRow[];
  readonly generations: readonly UsedGeneration[];
  readonly mode: AllocationMode;
}

/** A part of a row of `cost_daily`. */
export interface CostShare {
  readonly costId: number;
  /** 1, 2, ... within the row. */
  readonly part: number;
  readonly kind: ShareKind;
  readonly instanceId?: number | undefined;
  readonly modelId?: string | undefined;
  readonly method?: CostDriver | undefined;
  readonly reason?: ShareReason | undefined;
  /** Own tokens / billed tokens. */
  readonly coverage?: number | undefined;
  readonly costE8: E8;
}

/** What a generation was billed. */
export interface GenerationCost {
  readonly generationId: number;
  readonly costType: CostType;
  readonly currency: string;
  readonly costE8: E8;
  readonly isFinal: boolean;
}

export interface AllocatedDay {
  readonly shares: readonly CostShare[];
  readonly generations: readonly GenerationCost[];
}
