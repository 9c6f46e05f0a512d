import assert from 'node:assert/strict';
import { pathForLog } from '../../../../src/sync/openwebui/routes';

describe('a path in the log', () => {
  for (const [path, shown] of [
    ['/api/v1/users/3f2a', '/api/v1/users/…'],
    ['/chat/api/v1/chats/list/user/3f2a', '/chat/api/v1/chats/list/user/…'],
    ['/api/v1/users/all', '/api/v1/users/all'],
    ['/api/v1/users/', '/api/v1/users/'],
    ['/api/v1/chats/share/k01', '/api/v1/chats/share/k01'],
  ] as const) {
    it(`is ${shown} for ${path}: people are not named`, () => assert.equal(pathForLog(path), shown));
  }
});
