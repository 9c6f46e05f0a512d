import type { MetricFamily } from './metric';

/** Models beside each other. What happens once (tokens, failures, repetitions) leaves copied chats out. */
export const MODELS = {
  models_used: {
    title: 'Models used',
    format: 'integer',
    comparison: 'relative',
    definition:
      'Models with at least one generation in the period, by their own ids: a preset counts beside the model it is made of.',
    over: 'g',
    sql: 'COUNT(DISTINCT g.model_id)',
  },
  answered_users: {
    title: 'Users answered',
    format: 'integer',
    comparison: 'relative',
    definition:
      'Users with at least one generation in their chats. A user counts at every model that answered.',
    over: 'g',
    sql: 'COUNT(DISTINCT {{user(g.user_id)}})',
  },
  chosen_generations: {
    title: 'Chosen replies',
    format: 'integer',
    comparison: 'relative',
    definition:
      'Generations on the path that the chat shows: of several answers to a turn only the one that the user kept.',
    over: 'g',
    sql: 'COUNT(*) FILTER (WHERE g.is_active_branch = 1)',
  },
  generation_share: {
    title: 'Share of generations',
    format: 'percent',
    comparison: 'points',
    definition: "A model's generations / those of all models that the filters leave.",
  },
  chosen_share: {
    title: 'Share of chosen replies',
    format: 'percent',
    comparison: 'points',
    definition: "A model's chosen replies / those of all models that the filters leave.",
  },
  token_share: {
    title: 'Share of tokens',
    format: 'percent',
    comparison: 'points',
    definition:
      "A model's input and output tokens / those of all models, as far as providers told them: a model whose usage is unknown has no share, and the others' are too large. See the coverage.",
  },
  user_share: {
    title: 'Share of users',
    format: 'percent',
    comparison: 'points',
    definition:
      'Users whom a model answered / users whom any model answered. The shares add up to more than 100% where users use several models.',
  },
  output_tokens_per_answer: {
    title: 'Output tokens per answer',
    format: 'integer',
    comparison: 'relative',
    definition: 'Output tokens / distinct generations whose output tokens are known.',
    over: 'g',
    sql: '1.0 * SUM(g.output_tokens) / NULLIF(COUNT(g.output_tokens), 0)',
  },
  first_answers: {
    title: 'First answers',
    format: 'integer',
    comparison: 'relative',
    definition:
      'Answers without a failure, those that a model gave to a turn again left out: one for each turn and model.',
    over: 'g',
    sql: "COUNT(DISTINCT CASE WHEN g.is_failed = 0 THEN g.turn_id || ' ' || COALESCE(g.model_id, '') END)",
  },
  regenerations: {
    title: 'Regenerations',
    format: 'integer',
    comparison: 'relative',
    definition:
      'Further answers to a turn by a model that had answered it. Failed answers are left out: to ask again after an error is no judgement. Answers of several models side by side are none.',
    over: 'g',
    sql: 'COUNT(CASE WHEN g.is_failed = 0 THEN g.turn_id END) - {{first_answers}}',
  },
  regeneration_rate: {
    title: 'Regeneration rate',
    format: 'percent',
    comparison: 'points',
    definition: 'Regenerations / first answers.',
    over: 'g',
    sql: '1.0 * ({{regenerations}}) / NULLIF({{first_answers}}, 0)',
  },
  side_by_side_turns: {
    title: 'Side-by-side turns',
    format: 'integer',
    comparison: 'relative',
    definition: 'Turns that at least two different models answered. Such a turn counts at each of them.',
  },
  answer_chars_median: {
    title: 'Median length',
    format: 'integer',
    comparison: 'none',
    definition:
      'Characters of the middle answer by length (nearest rank), not tokens. Distinct generations without errors; from 1,000 on rounded down to three digits.',
  },
  answer_chars_p90: {
    title: '90% are shorter',
    format: 'integer',
    comparison: 'none',
    definition:
      'Characters that nine of ten answers do not exceed (nearest rank), not tokens. Distinct generations without errors; from 1,000 on rounded down to three digits.',
  },
  followed_replies: {
    title: 'Replies with a next reply',
    format: 'integer',
    comparison: 'relative',
    definition:
      'Chosen replies after which the user wrote again and was answered, on the path that the chat shows; at the day of the next reply.',
  },
  switches: {
    title: 'Switches',
    format: 'integer',
    comparison: 'relative',
    definition: 'Replies whose next reply is by another model.',
  },
  switch_rate: {
    title: 'Switch rate',
    format: 'percent',
    comparison: 'points',
    definition: 'Switches / replies with a next reply: how often users go on with another model.',
  },
  next_reply_share: {
    title: 'Share of next replies',
    format: 'percent',
    comparison: 'points',
    definition: "Next replies by this model / all next replies after the first model's replies.",
  },
  thumbs_up_low: {
    title: 'Thumbs up at least',
    format: 'percent',
    comparison: 'none',
    definition: 'Lower end of the 95% interval (Wilson) of the thumbs-up share; not shown below 10 ratings.',
  },
  thumbs_up_high: {
    title: 'Thumbs up at most',
    format: 'percent',
    comparison: 'none',
    definition: 'Upper end of the 95% interval (Wilson) of the thumbs-up share; not shown below 10 ratings.',
  },
  comparisons: {
    title: 'Comparisons',
    format: 'integer',
    comparison: 'none',
    definition:
      'Thumbs on an answer beside that of another model, in the arena or side by side: one for each of the other models. Answers of the same model are not compared.',
  },
  wins: {
    title: 'Wins',
    format: 'integer',
    comparison: 'none',
    definition: 'Comparisons won: a thumb up on its answer, or a thumb down on the other model’s.',
  },
  win_rate: {
    title: 'Win rate',
    format: 'percent',
    comparison: 'none',
    definition: 'Wins / comparisons; "too few" below 30, where chance decides.',
  },
  elo: {
    title: 'Elo',
    format: 'integer',
    comparison: 'none',
    definition:
      'Elo rating from the comparisons that the filters leave, in the order of the thumbs: every model starts at 1000, K is 32. "Too few" below 30 comparisons.',
  },
  answer_seconds_median: {
    title: 'Median seconds',
    format: 'decimal',
    comparison: 'none',
    definition:
      "Duration of the middle answer (nearest rank), as far as the provider tells it (Ollama, llama.cpp); after tools that of the last call alone. Never taken from the messages' times: they say when an answer began.",
  },
  answer_seconds_p95: {
    title: '95% are faster',
    format: 'decimal',
    comparison: 'none',
    definition:
      'Duration that 95% of the answers with a known duration do not exceed (nearest rank), in seconds.',
  },
  duration_coverage: {
    title: 'Durations known',
    format: 'percent',
    comparison: 'none',
    definition: 'Distinct generations with a known duration / distinct generations.',
  },
  tokens_per_second_median: {
    title: 'Median tokens per second',
    format: 'decimal',
    comparison: 'none',
    definition:
      'Output tokens per second of the middle answer (nearest rank), each within one call of the model. Answers whose tokens are summed over several calls are left out.',
  },
  speed_coverage: {
    title: 'Speeds known',
    format: 'percent',
    comparison: 'none',
    definition: 'Distinct generations with a known speed / distinct generations.',
  },
  late_input_tokens: {
    title: 'Input after the 20th turn',
    format: 'compact',
    comparison: 'none',
    definition:
      'Input tokens of answers to the 21st and later turns of a chat, in the order of time: long chats send all of themselves again with each turn.',
  },
  late_input_share: {
    title: 'Share of all input',
    format: 'percent',
    comparison: 'none',
    definition: 'Input after the 20th turn / input tokens.',
  },
} as const satisfies MetricFamily;
