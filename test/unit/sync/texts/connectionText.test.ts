import assert from 'node:assert/strict';
import { accessLines, connectionLines, firstSyncText } from '../../../../src/sync/texts/connectionText';
import type { ConnectionReport } from '../../../../src/sync/openwebui/connectionReport';

const report: ConnectionReport = {
  ok: true,
  url: 'https://x',
  version: '0.9.6',
  areas: [
    { area: 'users', access: 'readable' },
    { area: 'chats', access: 'readable' },
    { area: 'models', access: 'readable' },
    { area: 'knowledge_bases', access: 'untested' },
    { area: 'files', access: 'refused', problem: { code: 'forbidden', message: 'Ask its administrator.' } },
  ],
  estimate: { users: 38, chats: 482, calls: 560, minutes: 1.4 },
};

describe('what is said before the first sync', () => {
  it('tells where the data goes and what it costs', () => {
    const text = firstSyncText(report, '/home/me/data');
    assert.match(text, /Where: \/home\/me\/data/);
    assert.match(text, /about 560 calls and 2 minutes, for 38 users with about 482 chats/);
  });

  it('says what a privacy mode leaves of that', () => {
    assert.doesNotMatch(firstSyncText(report, '/x'), /Privacy/);
    assert.match(firstSyncText(report, '/x', 'names'), /Privacy: Names without Text\. .*No message text/);
  });

  it('tells what the credential may read and what not', () => {
    assert.deepEqual(accessLines(report), [
      'The credential may read: users, chats with their messages, models.',
      'Not files (names and sizes): Ask its administrator.',
    ]);
  });

  it('tells what else is worth knowing of a server: its clock and its version', () => {
    const hour = 3_600_000;
    assert.deepEqual(connectionLines({ ...report, areas: [], skewMs: hour }), [
      'The server’s clock is 60 minutes ahead. Times are the server’s; set the clock that is wrong.',
    ]);
    assert.deepEqual(connectionLines({ ...report, areas: [], skewMs: -1_000 }), []);
    const [newer = ''] = connectionLines({ ...report, areas: [], version: '7.0.0' });
    assert.match(newer, /^Open WebUI 7\.0\.0 is newer than /);
  });

  it('does not promise to store what cannot be read', () => {
    assert.doesNotMatch(firstSyncText(report, '/x').split('\n')[0] ?? '', /files/);
  });
});
