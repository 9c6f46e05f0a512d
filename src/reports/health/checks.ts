import type { Value } from '../format';
import type { ReportRow } from '../reportModel';

/** Something that makes numbers less than they seem, by the facts that count it. */
interface Check {
  readonly issue: string;
  /** Fact: how many there are. */
  readonly count: string;
  /** Fact: how many there could be. */
  readonly of?: string;
  /** Fact: since when. */
  readonly since?: string;
  readonly effect: string;
  readonly fix: string;
}

/** Everything that is looked at, in this order. Each says what it does to numbers and what helps. */
const CHECKS: readonly Check[] = [
  {
    issue: 'Generations without usage',
    count: 'unknown_usage_generations',
    of: 'distinct_generations',
    since: 'unknown_usage_since',
    effect: 'Their tokens and costs are unknown and in no sum.',
    fix: 'Tick the capability Usage of the models that the table of models names; it counts from then on.',
  },
  {
    issue: 'Models without a price',
    count: 'unpriced_models',
    of: 'models_used',
    since: 'unpriced_since',
    effect: 'Their costs are unknown and in no sum.',
    fix: 'Enter or confirm prices for them.',
  },
  {
    issue: 'Billed resources that are not mapped',
    count: 'unmapped_resources',
    since: 'unmapped_since',
    effect: 'Their cost is of no instance, model and user.',
    fix: 'Run Map Azure Resources... and say which instances they serve, or that they serve none.',
  },
  {
    issue: 'Bills that were not read for two days',
    count: 'stale_scopes',
    of: 'cost_scopes',
    since: 'stale_since',
    effect: 'Newer days have no bill: their cost is by list price, or unknown.',
    fix: 'Run Sync Azure Cost; when it fails, it says why.',
  },
  {
    issue: 'Months whose rows differ from the bill',
    count: 'different_months',
    since: 'different_since',
    effect: 'A part of what was billed is in no number, or in one too many.',
    fix: 'Run Sync Azure Cost to read them again, and see the report Reconciliation.',
  },
  {
    issue: 'Models that are not in the list',
    count: 'unlisted_models',
    of: 'models_used',
    since: 'unlisted_since',
    effect: 'Their names and base models are unknown; they count under their own ids.',
    fix: 'Nothing to do for models that were removed before the first sync; else run Full Sync with a key that sees all models.',
  },
  {
    issue: 'Generations without a model',
    count: 'unknown_model_generations',
    of: 'generations',
    since: 'unknown_model_since',
    effect: 'They count as "Unknown model".',
    fix: 'Nothing to do: old or imported chats do not say which model answered.',
  },
  {
    issue: 'Messages without a usable time',
    count: 'undated_messages',
    of: 'messages',
    since: 'undated_since',
    effect: "They count at their parent's or their chat's time.",
    fix: 'Nothing to do for imported chats; when new ones appear, set the clock of the server or of the client that writes them.',
  },
  {
    issue: 'Messages of copied chats',
    count: 'copied_messages',
    of: 'messages',
    since: 'copied_since',
    effect: 'They count as messages; their tokens, costs, ratings and errors count once.',
    fix: 'Nothing to do: chats were cloned or imported.',
  },
  {
    issue: 'Unreadable chats and other objects',
    count: 'unreadable_objects',
    since: 'unreadable_since',
    effect: 'What changed in them since they were last read is missing.',
    fix: 'Open them on the server and save or delete them; they are tried again at each sync, then weekly.',
  },
  {
    issue: 'Kinds of data that are refused',
    count: 'refused_streams',
    of: 'streams',
    since: 'refused_since',
    effect: 'They stay as they were.',
    fix: 'Do what the table of kinds of data says.',
  },
  {
    issue: 'Deletions held back',
    count: 'waiting_deletions',
    since: 'waiting_since',
    effect: 'Rows that may be gone on the server still count as there.',
    fix: 'Run Review Deletions... and agree or keep them.',
  },
  {
    issue: 'Days without a sync',
    count: 'gap_days',
    since: 'gap_since',
    effect: 'What was written and deleted in between is missing; everything else is caught up.',
    fix: 'Run Start Timer..., and see the table of failures.',
  },
  {
    issue: 'Users without a name',
    count: 'unnamed_users',
    of: 'users',
    effect: 'They show as their ids.',
    fix: 'Run Full Sync; who has no name afterwards has left the server.',
  },
  {
    issue: 'Erased people',
    count: 'erased_people',
    since: 'erased_since',
    effect: 'Nothing of them is in the mirror, nor in any number.',
    fix: 'Nothing to do: somebody asked for it.',
  },
  {
    issue: 'Chats of which files and tools are unknown',
    count: 'unsourced_chats',
    of: 'chats',
    effect: 'What they used of files, knowledge bases, web searches and tools is missing.',
    fix: 'Run Full Sync: an earlier version read them.',
  },
  {
    issue: 'Ratings of messages that are not in the mirror',
    count: 'stray_ratings',
    of: 'kept_ratings',
    effect: 'They count in no report.',
    fix: 'Nothing to do: their chats were deleted before the first sync, or were temporary.',
  },
];

/** All checks with what they found, the findings first. */
export function qualityRows(facts: ReportRow): readonly ReportRow[] {
  return CHECKS.map(({ issue, count, of, since, effect, fix }) => {
    const found = Number(facts[count] ?? 0);
    const all = of === undefined ? 0 : Number(facts[of] ?? 0);
    return {
      issue,
      finding_count: found,
      finding_share: all > 0 ? found / all : null,
      since: found > 0 && since !== undefined ? dayText(facts[since] ?? null) : null,
      effect: found > 0 ? effect : 'Nothing found.',
      fix: found > 0 ? fix : 'Nothing to do.',
    };
  }).toSorted((a, b) => Number(b.finding_count > 0) - Number(a.finding_count > 0));
}

function dayText(value: Value): Value {
  return typeof value === 'string' ? value.slice(0, 10) : value;
}
