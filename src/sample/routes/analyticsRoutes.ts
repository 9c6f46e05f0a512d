import { json, type Reply } from '../http/replies';
import type { Dialect } from '../dialects';
import type { Gates, Route, SignedInRequest } from '../http/routing';
import { byDay, byModel, byUser, countedAnswers, type CountedMessage } from '../views/analyticsViews';
import { integerParam, sortedBy } from './paging';

const ROOT = '/api/v1/analytics';

/** The server's own statistics, of answers only. */
export const ANALYTICS_ROUTES: readonly Route[] = [
  statistic('summary', summary),
  statistic('models', models),
  statistic('users', users),
  statistic('tokens', tokens),
  statistic('daily', daily),
];

function statistic(
  name: string,
  answer: (request: SignedInRequest, answers: readonly CountedMessage[]) => Reply,
): Route {
  return {
    method: 'GET',
    path: `${ROOT}/${name}`,
    access: 'admin',
    existsIf: (dialect: Dialect, gates: Gates) => dialect.hasAnalytics && gates.adminAnalytics,
    answer: (request) => {
      const from = integerParam(request.query, 'start_date', 0);
      const to = integerParam(request.query, 'end_date', Number.MAX_SAFE_INTEGER);
      if (typeof from !== 'number') {
        return from;
      }
      return typeof to === 'number' ? answer(request, countedAnswers(request.world, from, to)) : to;
    },
  };
}

function summary(_request: SignedInRequest, answers: readonly CountedMessage[]): Reply {
  return json({
    total_messages: answers.length,
    total_chats: new Set(answers.map(({ chat }) => chat.id)).size,
    total_models: byModel(answers).length,
    total_users: new Set(answers.map(({ chat }) => chat.userId)).size,
  });
}

function models({ dialect }: SignedInRequest, answers: readonly CountedMessage[]): Reply {
  const rows = sortedBy(byModel(answers), (row) => row.count, true);
  return json({
    models: rows.map((row) => ({
      model_id: row.modelId,
      count: row.count,
      ...(dialect.analyticsCountsPeople ? { unique_users: row.users, unique_chats: row.chats } : {}),
    })),
  });
}

function users({ world, query }: SignedInRequest, answers: readonly CountedMessage[]): Reply {
  const limit = integerParam(query, 'limit', 50);
  if (typeof limit !== 'number') {
    return limit;
  }
  const rows = sortedBy(byUser(answers), (row) => row.count, true).slice(0, limit);
  return json({
    users: rows.map((row) => ({
      user_id: row.userId,
      name: world.users.find(row.userId)?.name ?? null,
      email: world.users.find(row.userId)?.email ?? null,
      count: row.count,
      input_tokens: row.input,
      output_tokens: row.output,
      total_tokens: row.input + row.output,
    })),
  });
}

function tokens(_request: SignedInRequest, answers: readonly CountedMessage[]): Reply {
  const rows = sortedBy(byModel(answers), (row) => row.input + row.output, true);
  const input = rows.reduce((sum, row) => sum + row.input, 0);
  const output = rows.reduce((sum, row) => sum + row.output, 0);
  return json({
    models: rows.map((row) => ({
      model_id: row.modelId,
      input_tokens: row.input,
      output_tokens: row.output,
      total_tokens: row.input + row.output,
      message_count: row.count,
    })),
    total_input_tokens: input,
    total_output_tokens: output,
    total_tokens: input + output,
  });
}

function daily({ dialect }: SignedInRequest, answers: readonly CountedMessage[]): Reply {
  const extras = dialect.analyticsCountsPeople ? { start: null, end: null, previous: null } : {};
  return json({ data: byDay(answers).map((day) => ({ ...day, ...extras })) });
}
