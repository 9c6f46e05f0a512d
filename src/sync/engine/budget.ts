import type { InstanceFacts } from '../../store/mirrorFacts';
import { CHATS_PER_PAGE, USERS_PER_PAGE } from '../openwebui/dialects';
import type { RunPlan } from './plan';
import { SHARES } from './slowRefetch';
import type { RequestPolicy } from './syncTypes';

const FILES_PER_PAGE = 50;
const KNOWLEDGE_BASES_PER_PAGE = 30;

/**
 * Requests that a run is thought to cost, from what the mirror knows; undefined before the first complete walk.
 *
 * - version: 1
 * - users: the unpaged list and, when everybody is looked at, its pages of 30
 * - chat lists: one per user who is looked at, and one more for each 60 chats
 * - chats: all of them in a full run, the share whose turn it is when everybody is looked at (far more than what
 *   changed since the last run), else about one per active user
 * - models 3, groups 1, feedback 2, files by 50, knowledge bases by 30 and one each for their files
 */
export function estimateCalls(facts: InstanceFacts, plan: RunPlan): number | undefined {
  if (!facts.hasBeenRead) {
    return undefined;
  }
  const isComplete = plan.walk === 'complete';
  const users = isComplete ? facts.users : facts.recentlyActiveUsers;
  const share = facts.users === 0 ? 0 : users / facts.users;
  const userPages = isComplete ? Math.ceil(facts.users / USERS_PER_PAGE) : 0;
  const lists = users + Math.floor((facts.chats * share) / CHATS_PER_PAGE);
  return 2 + userPages + lists + chatCalls(facts, plan) + libraryCalls(facts);
}

function chatCalls({ chats, recentlyActiveUsers }: InstanceFacts, { kind, walk }: RunPlan): number {
  if (kind === 'full') {
    return chats;
  }
  return walk === 'complete' ? Math.ceil(chats / SHARES) : recentlyActiveUsers;
}

function libraryCalls({ files, knowledgeBases }: InstanceFacts): number {
  return (
    FIXED_LIBRARY_CALLS +
    Math.max(1, Math.ceil(files / FILES_PER_PAGE)) +
    Math.max(1, Math.ceil(knowledgeBases / KNOWLEDGE_BASES_PER_PAGE)) +
    knowledgeBases
  );
}

/** Models, groups and feedback. */
const FIXED_LIBRARY_CALLS = 6;

/** Whole minutes that so many calls take at least at a policy's pace, rounded up. */
export function minutesOf(calls: number, { delayMs }: RequestPolicy): number {
  return Math.max(1, Math.ceil((calls * delayMs) / 60_000));
}
