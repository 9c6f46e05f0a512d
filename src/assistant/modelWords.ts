import { formatDateTime } from '../sync/words';

/** What days mean, for a model: it does not know which day it is. */
export function todayText(now: number, zone: string): string {
  return `Now it is ${formatDateTime(now, zone)} in ${zone}; days, hours and times of the mirror are local to ${zone}.`;
}

/** What a model has to know before it writes a statement. */
export const SQL_RULES = `Rules:
- SQLite dialect, one reading statement (SELECT or WITH ... SELECT). Other instances, server addresses and share links are not in the database.
- NULL means unknown, never 0: tokens and costs are NULL where a provider told none. Count what is known beside what is not.
- A turn (v_turns) is a message of a user, a generation (v_generations) an answer of a model. Count users' activity by v_turns, models, tokens, ratings and errors by v_generations, money by v_cost.
- Days are local: column "date" (YYYY-MM-DD) of v_turns, v_generations, v_cost and v_sources. Compare it with literal dates, not with date('now'), which is UTC.
- Sums over v_generations and v_cost count an answer once although chats are copied. Never add amounts of different currencies: GROUP BY currency.
- is_deleted = 1: gone on the server, its history stays. Include it for usage in the past; leave it out for "how many are there now".
- Join by id: users.id = user_id, chats.id = chat_id, instances.id = instance_id. Models are joined by (instance_id, model_id).`;

export const SQL_EXAMPLES = `Examples:
Top users of a month:
SELECT u.name, COUNT(*) AS turns FROM v_turns t JOIN users u ON u.id = t.user_id WHERE t.date BETWEEN '2026-01-01' AND '2026-01-31' GROUP BY u.id ORDER BY turns DESC LIMIT 10
Models by use and known tokens:
SELECT model_id, SUM(is_copy = 0) AS generations, SUM(has_usage) AS with_usage, SUM(input_tokens) AS input_tokens, SUM(output_tokens) AS output_tokens FROM v_generations WHERE date >= '2026-01-01' GROUP BY model_id ORDER BY generations DESC
Cost by month:
SELECT substr(date, 1, 7) AS month, currency, SUM(cost) AS cost, SUM(known_generations) AS known, SUM(generations) AS generations FROM v_cost GROUP BY month, currency ORDER BY month`;
