import type { StreamDefinition } from '../runTypes';
import { chatsStream } from './chats';
import { feedbackStream } from './feedback';
import { filesStream } from './files';
import { groupsStream } from './groups';
import { knowledgeBasesStream } from './knowledgeBases';
import { modelsStream } from './models';
import { usersStream } from './users';

/** Every stream, in the order of a run: users name the chats to look at and join groups, files come before their bases. */
export const ALL_STREAMS: readonly StreamDefinition[] = [
  usersStream,
  groupsStream,
  chatsStream,
  feedbackStream,
  modelsStream,
  filesStream,
  knowledgeBasesStream,
];
