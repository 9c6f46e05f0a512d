import { takeWords } from '../language/workerWords';
import { startMcp as startMcpServer } from '../mcp/startMcp';
import type { ServersModule } from './serversModule';
import { startServe as startServeServer } from './startServe';

// The bundle has its own copy of the words' module.
takeWords();

const servers: ServersModule = { startServe: startServeServer, startMcp: startMcpServer };

/** What the bundle exports. */
export const { startServe, startMcp } = servers;
