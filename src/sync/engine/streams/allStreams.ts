import type { StreamDefinition } from '../runTypes';
import { chatsStream } from './chats';
import { filesStream } from './files';
import { knowledgeBasesStream } from './knowledgeBases';
import { modelsStream } from './models';
import { usersStream } from './users';

/** Every stream, in the order of a run: users name the chats to look at, files come before their bases. */
export const ALL_STREAMS: readonly StreamDefinition[] = [
  usersStream,
  chatsStream,
  modelsStream,
  filesStream,
  knowledgeBasesStream,
];
