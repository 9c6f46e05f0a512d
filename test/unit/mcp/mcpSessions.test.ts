import assert from 'node:assert/strict';
import { McpSessions } from '../../../src/mcp/mcpSessions';

function session(closed: string[], name: string): { close: () => Promise<void> } {
  return {
    close: () => {
      closed.push(name);
      return Promise.resolve();
    },
  };
}

describe('Sessions of MCP clients', () => {
  it('end when there are too many: the one that was not used for longest first', () => {
    const closed: string[] = [];
    const sessions = new McpSessions(2);
    sessions.add('a', session(closed, 'a'));
    sessions.add('b', session(closed, 'b'));
    assert.ok(sessions.find('a'));
    sessions.add('c', session(closed, 'c'));
    assert.deepEqual(closed, ['b']);
    assert.equal(sessions.find('b'), undefined);
    assert.ok(sessions.find('a') && sessions.find('c'));
  });

  it('all end with the server, and each can leave by itself', async () => {
    const closed: string[] = [];
    const sessions = new McpSessions(9);
    sessions.add('a', session(closed, 'a'));
    sessions.add('b', session(closed, 'b'));
    sessions.remove('a');
    sessions.remove(undefined);
    await sessions.close();
    assert.deepEqual(closed, ['b']);
  });
});
