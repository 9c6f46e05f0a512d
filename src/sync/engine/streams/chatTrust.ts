import * as v from 'valibot';
import { PRIVACY } from '../../../store/instances/privacy';
import type { EpochSeconds } from '../../../store/records';
import { isUnchanged, type Trust } from '../changeDetection';
import type { StreamContext } from '../runTypes';
import { endTurn, shareInTurn, shareOf } from '../slowRefetch';
import { secondsOf } from '../syncTypes';

/** A full walk that broke off is taken up again within a day. */
const RESUME_WITHIN = 86_400;

const fullWalk = v.object({ startedAt: v.number(), serverVersion: v.string() });

/** Which chats a run need not fetch. */
export interface TrustPlan {
  readonly isTrusted: Trust;
  /** To be called when the walk reached its end; `isWhole`: every list could be read. */
  readonly settle: (isWhole: boolean) => Promise<void>;
}

/**
 * An incremental run trusts what did not change, one over everybody except for the share whose turn it is; a full one
 * only what it fetched itself before it broke off.
 */
export async function planTrust(context: StreamContext): Promise<TrustPlan> {
  const { request, walk, instance } = context;
  const { keepsText } = PRIVACY[instance.privacy ?? 'full'];
  const isSame: Trust = (known, listed) => isUnchanged(known, listed, keepsText);
  if (request.kind === 'full') {
    return planFull(context, isSame);
  }
  return walk === 'complete' ? planRefetch(context, isSame) : { isTrusted: isSame, settle: nothing };
}

function planRefetch({ states }: StreamContext, isSame: Trust): TrustPlan {
  const share = shareInTurn(states);
  return {
    isTrusted: (known, listed) => isSame(known, listed) && shareOf(known.remoteId) !== share,
    settle: (isWhole) => endTurn(states, isWhole),
  };
}

async function planFull({ states, clock, serverVersion }: StreamContext, isSame: Trust): Promise<TrustPlan> {
  const now = secondsOf(clock);
  const before = v.safeParse(fullWalk, states.walk('chats'));
  if (before.success && isResumable(before.output, now, serverVersion)) {
    const { startedAt } = before.output;
    return {
      isTrusted: (known, listed) => isSame(known, listed) && (known.fetchedAt ?? 0) >= startedAt,
      settle: nothing,
    };
  }
  await states.change('chats', { walkJson: JSON.stringify({ startedAt: now, serverVersion }) });
  return { isTrusted: () => false, settle: nothing };
}

function isResumable(
  walk: v.InferOutput<typeof fullWalk>,
  now: EpochSeconds,
  serverVersion: string,
): boolean {
  const age = now - walk.startedAt;
  return walk.serverVersion === serverVersion && age >= 0 && age < RESUME_WITHIN;
}

function nothing(): Promise<void> {
  return Promise.resolve();
}
