import type { Route } from '../http/routing';
import { ANALYTICS_ROUTES } from './analyticsRoutes';
import { AUTH_ROUTES } from './authRoutes';
import { CHAT_ROUTES } from './chatRoutes';
import { FEEDBACK_ROUTES } from './feedbackRoutes';
import { LIBRARY_ROUTES } from './libraryRoutes';
import { SERVER_ROUTES } from './serverRoutes';
import { USER_ROUTES } from './userRoutes';

/** Every route of the sample; the first that matches answers. */
export const ALL_ROUTES: readonly Route[] = [
  ...SERVER_ROUTES,
  ...AUTH_ROUTES,
  ...USER_ROUTES,
  ...CHAT_ROUTES,
  ...LIBRARY_ROUTES,
  ...FEEDBACK_ROUTES,
  ...ANALYTICS_ROUTES,
];
