import type { MetricFamily } from './metric';

/**
 * Who comes, stays and goes, and habits. Vocabulary and thresholds follow Microsoft's adoption reports (segments, funnel,
 * 12 active days of 28) and PostHog (lifecycle, stickiness, retention); the engagement score is our own. `p` stands for an
 * account's last 28 days, as `users/engaged.sql` reads them.
 */
export const PEOPLE = {
  dau: {
    title: 'Daily active users',
    format: 'decimal',
    comparison: 'relative',
    definition: 'Users with at least one turn on a day; of a longer step the mean of its days.',
  },
  wau: {
    title: 'Weekly active users',
    format: 'integer',
    comparison: 'relative',
    definition:
      'Users with at least one turn in the 7 days that end with the period or step. A rolling count: neither a calendar week, nor to be added up.',
    over: 't',
    sql: 'COUNT(DISTINCT {{user(t.user_id)}})',
    rollingDays: 7,
  },
  mau: {
    title: 'Monthly active users',
    format: 'integer',
    comparison: 'relative',
    definition:
      'Users with at least one turn in the 28 days (four equal weeks) that end with the period or step. A rolling count: neither a calendar month, nor to be added up.',
    over: 't',
    sql: 'COUNT(DISTINCT {{user(t.user_id)}})',
    rollingDays: 28,
  },
  new_users: {
    title: 'New users',
    format: 'integer',
    comparison: 'relative',
    definition:
      'Active users whose first turn ever, as far as the mirror knows and the filters let through, lies in the period or step. Chats deleted before the first sync are not known.',
  },
  returning_users: {
    title: 'Returning users',
    format: 'integer',
    comparison: 'relative',
    definition: 'Active users who were also active in the step before, or in as many days before the period.',
  },
  resurrecting_users: {
    title: 'Resurrecting users',
    format: 'integer',
    comparison: 'relative',
    definition:
      'Active users who had turns before, but none in the step before or in as many days before the period.',
  },
  dormant_users: {
    title: 'Dormant users',
    format: 'integer',
    comparison: 'relative',
    definition:
      'Users who were active in the step before, or in as many days before the period, and are not active now.',
  },
  stickiness_workdays: {
    title: 'Stickiness on workdays',
    format: 'percent',
    comparison: 'points',
    definition:
      'Mean of the users active on a workday (Monday to Friday, no holiday) / mean of the users active in a week, over the four weeks of 7 days that end with the period. Not shown before the first turn is 28 days old.',
  },
  stickiness_28: {
    title: 'Stickiness, 28 days rolling',
    format: 'percent',
    comparison: 'points',
    definition:
      'Mean of the users active on a day / users active, both of the 28 days that end with the period. Weekends pull it down. Not shown before the first turn is 28 days old.',
  },
  adoption_score: {
    title: 'Adoption score',
    format: 'decimal',
    comparison: 'relative',
    definition:
      '100 x mean over accounts of min(1, active days / 12), of the 28 days that end with the period: 100 means that everybody is active three days a week. Deleted and pending accounts are left out.',
  },
  registered_accounts: {
    title: 'Accounts',
    format: 'integer',
    comparison: 'relative',
    definition:
      'Accounts created up to the end of the period, merged ones as one. Deleted and pending ones are left out.',
  },
  never_used: {
    title: 'Never used',
    format: 'integer',
    comparison: 'relative',
    definition:
      'Accounts, at least 14 days old, without any turn up to the end of the period. Somebody whose chats were all deleted before the first sync looks the same: see when the account was last seen.',
  },
  lurkers: {
    title: 'Seen, no turn',
    format: 'integer',
    comparison: 'relative',
    definition: 'Never used accounts that the server has seen signed in.',
  },
  dormant_30: {
    title: 'Dormant 30 days',
    format: 'integer',
    comparison: 'none',
    definition: 'Accounts whose last turn is 30 days or more before the end of the period.',
  },
  dormant_60: {
    title: 'Dormant 60 days',
    format: 'integer',
    comparison: 'none',
    definition: 'Accounts whose last turn is 60 days or more before the end of the period.',
  },
  dormant_90: {
    title: 'Dormant 90 days',
    format: 'integer',
    comparison: 'none',
    definition: 'Accounts whose last turn is 90 days or more before the end of the period.',
  },
  retention: {
    title: 'Retention',
    format: 'percent',
    comparison: 'points',
    definition:
      'Users with a turn in the week / users whose first turn ever lies in the week of the cohort. Weeks run from Monday to Sunday; those that are not over, and cohorts of fewer than five users, are left out.',
  },
  engagement_frequency: {
    title: 'Frequency',
    format: 'percent',
    comparison: 'points',
    definition: 'F = min(1, active days / 12), of the 28 days that end with the period.',
    sql: 'MIN(1.0, p.active_days / 12.0)',
  },
  engagement_depth: {
    title: 'Depth',
    format: 'percent',
    comparison: 'points',
    definition: 'D = min(1, ln(1 + turns) / ln 61), of the same 28 days: 60 turns are full depth.',
    sql: 'MIN(1.0, LN(1 + p.turns) / LN(61))',
  },
  engagement_breadth: {
    title: 'Breadth',
    format: 'percent',
    comparison: 'points',
    definition:
      'B = how many of four the user did in the same 28 days / 4: answers of two or more models; files or knowledge; tools or web search; chats in folders. Counts what the mirror proves: in the privacy mode "counts" folders are not kept.',
    sql: '(p.uses_models + p.uses_knowledge + p.uses_tools + p.uses_folders) / 4.0',
  },
  engagement_recency: {
    title: 'Recency',
    format: 'percent',
    comparison: 'points',
    definition: 'R = 0.5 ^ (days since the last turn / 14), seen from the end of the period.',
    sql: 'POW(0.5, p.days_since / 14.0)',
  },
  engagement_score: {
    title: 'Engagement score',
    format: 'integer',
    comparison: 'relative',
    definition:
      'Version 1: 100 x (0.40 F + 0.20 D + 0.20 B + 0.20 R), rounded, or with the weights of analysis.json, divided by their sum; no turn in the 28 days is 0. 1-24 trying, 25-49 developing, 50-74 established, 75 and more champion. It tells of habits, not of the worth of anybody or of his work.',
    sql: `CASE WHEN p.turns > 0 THEN ROUND(100 * ({{weight(frequency)}} * {{engagement_frequency}} + {{weight(depth)}} * {{engagement_depth}} + {{weight(breadth)}} * {{engagement_breadth}} + {{weight(recency)}} * {{engagement_recency}})) ELSE 0 END`,
  },
  top_tenth_share: {
    title: 'Turns of the top 10 %',
    format: 'percent',
    comparison: 'none',
    definition:
      'Turns of the most active tenth of the active users (rounded up) / all turns of the period. Not shown below 10 active users.',
  },
  users_for_80: {
    title: 'Users for 80 % of turns',
    format: 'percent',
    comparison: 'none',
    definition:
      'The smallest share of the active users who together wrote 80 % of the turns of the period. Not shown below 10 active users.',
  },
  gini: {
    title: 'Gini coefficient',
    format: 'decimal',
    comparison: 'none',
    definition:
      'Of the turns of active users: 0 when all write the same, near 1 when one writes everything. Not shown below 20 active users.',
  },
  days_to_first_turn: {
    title: 'Days to the first turn',
    format: 'integer',
    comparison: 'none',
    definition:
      'Median over accounts with a turn of the days from the creation of the account to its first turn.',
  },
  users_with_first_turn: {
    title: 'Accounts with a first turn',
    format: 'integer',
    comparison: 'none',
    definition: 'Accounts with a turn whose creation is known.',
  },
  answered_turns: {
    title: 'Turns answered',
    format: 'integer',
    comparison: 'relative',
    definition:
      'Turns with at least one answer by the model: its regenerations count once; side by side, a turn counts for each model.',
    over: 'g',
    sql: 'COUNT(DISTINCT g.turn_id)',
  },
} as const satisfies MetricFamily;
