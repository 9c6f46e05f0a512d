import { DETAIL, failure, json } from '../http/replies';
import type { Route } from '../http/routing';
import { feedbackAllRow, feedbackExportRow, feedbackListRow } from '../views/feedbackViews';
import { pageOf, sortedBy, withPage } from './paging';

const FEEDBACK_PAGE = 30;
const ROOT = '/api/v1/evaluations/feedbacks';

/** Ratings. */
export const FEEDBACK_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: `${ROOT}/all/ids`,
    access: 'admin',
    existsIf: (dialect) => dialect.feedbackIds,
    answer: ({ world }) =>
      json(
        world.chats.feedback().map((row) => ({
          id: row.id,
          user_id: row.userId,
          created_at: row.createdAt,
          updated_at: row.updatedAt,
        })),
      ),
  },
  {
    method: 'GET',
    path: `${ROOT}/list`,
    access: 'admin',
    existsIf: (dialect) => dialect.feedbackIds,
    answer: ({ world, query }) => {
      const ofLiving = world.chats.feedback().filter((row) => world.users.find(row.userId) !== undefined);
      const rows = sortedBy(ofLiving, (row) => row.updatedAt, query.get('direction') !== 'asc');
      return withPage(query, (page) =>
        json({
          items: pageOf(rows, page, FEEDBACK_PAGE).map((row) => feedbackListRow(world, row)),
          total: rows.length,
        }),
      );
    },
  },
  {
    method: 'GET',
    path: `${ROOT}/all`,
    access: 'admin',
    existsIf: (dialect) => dialect.feedbackAll,
    answer: ({ world, dialect }) =>
      json(
        sortedBy(world.chats.feedback(), (row) => row.updatedAt, true).map((row) =>
          feedbackAllRow(world, dialect, row),
        ),
      ),
  },
  {
    method: 'GET',
    path: '/api/v1/evaluations/feedback/:id',
    access: 'admin',
    answer: ({ world, dialect, caller, params }) => {
      const row = world.chats.feedback().find(({ id }) => id === params['id']);
      const isShown = dialect.feedbackByAnyId || row?.userId === caller.user.id;
      return row === undefined || !isShown
        ? failure(404, DETAIL.notFound)
        : json(feedbackExportRow(world, dialect, row));
    },
  },
  {
    method: 'GET',
    path: `${ROOT}/all/export`,
    access: 'admin',
    answer: ({ world, dialect }) =>
      json(world.chats.feedback().map((row) => feedbackExportRow(world, dialect, row))),
  },
];
