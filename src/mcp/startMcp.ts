import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { availableOf, NOTHING_AVAILABLE } from '../assistant/available';
import type { ListenWish } from '../serve/listening/listenRules';
import { listenWithToken } from '../serve/listening/listenWithToken';
import { openMirror, type Mirror } from '../serve/mirror';
import type { McpOptions, RunningServer } from '../serve/serversModule';
import { createMcpEndpoint } from './mcpEndpoint';
import { toolHostOf } from './toolHost';
import { createToolServer, type ToolServerOptions } from './toolServer';

/** Starts the MCP server. @throws Error with the next step where it must not or cannot listen */
export async function startMcp(options: McpOptions): Promise<RunningServer> {
  const { listen: wish, version, tell } = options;
  const mirror = openMirror(options);
  if (availableOf((await mirror.instances()).instances).length === 0) {
    tell(NOTHING_AVAILABLE);
  }
  const tools: ToolServerOptions = { host: () => toolHostOf(mirror), version, tell };
  return wish === undefined ? overStdio(mirror, tools) : overHttp(mirror, tools, wish);
}

/** Standard output carries the protocol and nothing else. */
async function overStdio(mirror: Mirror, tools: ToolServerOptions): Promise<RunningServer> {
  const server = createToolServer(tools);
  const ended = new Promise<void>((resolve) => {
    server.server.onclose = resolve;
    // The transport does not look for the end of its input: the client went away.
    process.stdin.once('end', resolve).once('close', resolve);
  });
  await server.connect(new StdioServerTransport());
  return {
    ended,
    close: async () => {
      mirror.close();
      await server.close();
    },
  };
}

function overHttp(mirror: Mirror, tools: ToolServerOptions, wish: ListenWish): Promise<RunningServer> {
  return listenWithToken(
    wish,
    tools.tell,
    (url) => `Listening on ${url}/mcp. It only reads what was made available to AI.`,
    (token) => {
      const endpoint = createMcpEndpoint({ tools, host: wish.host, token });
      return {
        fetch: endpoint.fetch,
        close: async () => {
          mirror.close();
          await endpoint.close();
        },
      };
    },
  );
}
