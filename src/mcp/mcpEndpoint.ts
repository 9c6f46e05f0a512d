import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import { toError } from '../store/errors';
import { problemOf } from '../serve/http/failure';
import { assertAdmitted, withSecurityHeaders, type GuardOptions } from '../serve/http/guard';
import { ProblemError, problemResponse } from '../serve/http/problem';
import { McpSessions } from './mcpSessions';
import { createToolServer, type ToolServerOptions } from './toolServer';

/** Largest message of a client, in bytes. */
const MAX_BODY = 256 * 1024;

export interface McpEndpointOptions extends GuardOptions {
  readonly tools: ToolServerOptions;
}

/** MCP over HTTP at `/mcp`. */
export interface McpEndpoint {
  readonly fetch: (request: Request) => Response | Promise<Response>;
  close(): Promise<void>;
}

/** A session of its own for each client that begins one, behind the same guard as the HTTP API. */
export function createMcpEndpoint({ tools, ...guard }: McpEndpointOptions): McpEndpoint {
  const sessions = new McpSessions<WebStandardStreamableHTTPServerTransport>();
  const begin = async (): Promise<WebStandardStreamableHTTPServerTransport> => {
    const transport: WebStandardStreamableHTTPServerTransport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      maxRequestBodySize: MAX_BODY,
      onsessioninitialized: (id) => sessions.add(id, transport),
    });
    const server = createToolServer(tools);
    server.server.onclose = () => sessions.remove(transport.sessionId);
    await server.connect(transport);
    return transport;
  };

  const app = new Hono();
  app.use(withSecurityHeaders);
  app.use(async ({ req }, next) => {
    assertAdmitted(req.raw.headers, guard);
    await next();
  });
  app.all('/mcp', async ({ req }) => {
    const id = req.header('mcp-session-id');
    if (id === undefined) {
      return (await begin()).handleRequest(req.raw);
    }
    const session = sessions.find(id);
    if (session === undefined) {
      // A client begins anew where it is told that its session is not known.
      throw new ProblemError('not_found', { detail: 'This session has ended. Begin a new one.' });
    }
    return session.handleRequest(req.raw);
  });
  app.notFound(() => problemResponse(new ProblemError('not_found')));
  app.onError((error) => {
    const problem = problemOf(error, false);
    if (problem.code === 'internal') {
      tools.tell(`MCP: ${toError(error).message}`);
    }
    return problemResponse(problem);
  });
  return { fetch: (request) => app.fetch(request), close: () => sessions.close() };
}
