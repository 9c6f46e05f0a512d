import assert from 'node:assert/strict';
import * as v from 'valibot';
import { SAMPLE_VERSIONS, type SampleVersion } from '../../../../src/sample/versions';
import { DIALECTS, routeOf, type Feature } from '../../../../src/sync/openwebui/dialects';
import { isFailure } from '../../../../src/sync/openwebui/failures';
import { readWholeFeed } from '../../../../src/sync/openwebui/feeds';
import { readWorkspaceModels } from '../../../../src/sync/openwebui/models';
import { isReadable } from '../../../../src/sync/openwebui/routes';
import { useSampleSide } from './sampleClient';

const FEATURES = Object.keys(DIALECTS) as Feature[];

describe('the table of dialects', () => {
  const start = useSampleSide();

  it('names only routes that may be read', () => {
    for (const feature of FEATURES) {
      for (const way of DIALECTS[feature]) {
        assert.ok(isReadable(routeOf(way, { id: 'an%20id' }).path), way.path);
      }
    }
  });

  it('fills in the id and the page', () => {
    assert.deepEqual(routeOf(DIALECTS.chatList[0], { id: '$&', page: 3 }), {
      path: '/api/v1/chats/list/user/$&',
      presence: 'core',
      query: { page: 3, skip: 120, limit: 60 },
    });
    assert.deepEqual(routeOf(DIALECTS.files[0], { page: 2 }).query, { content: 'false', page: 2 });
    assert.deepEqual(routeOf(DIALECTS.groups[0]).query, {});
  });

  const isFrom = (version: SampleVersion, first: SampleVersion): boolean =>
    SAMPLE_VERSIONS.indexOf(version) >= SAMPLE_VERSIONS.indexOf(first);

  /** Which way each version takes; none: it has no such list. */
  const taken: readonly [Feature, (version: SampleVersion) => string | undefined][] = [
    ['workspaceModels', (version) => `/api/v1/models/${isFrom(version, '0.6.36') ? 'export' : ''}`],
    ['feedback', (version) => `/api/v1/evaluations/feedbacks/${isFrom(version, '0.7.2') ? 'list' : 'all'}`],
    ['everyUser', (version) => (isFrom(version, '0.6.36') ? '/api/v1/users/all' : undefined)],
  ];
  for (const [feature, pathOn] of taken) {
    for (const version of SAMPLE_VERSIONS) {
      const path = pathOn(version);
      it(`${path === undefined ? 'finds no' : 'finds the'} way to ${feature} on ${version}`, async () => {
        const side = await start(version);
        const read = readWholeFeed(side.client(), { ways: DIALECTS[feature], row: v.unknown() });
        if (path === undefined) {
          await assert.rejects(read, (error) => isFailure(error, 'unsupported'));
          return;
        }
        await read;
        assert.equal(side.takeRequests().at(-1)?.split('?')[0], path);
      });
    }
  }

  it('goes on to no other way after a failure that is none of support', async () => {
    const side = await start();
    side.server.fail('/api/v1/models/export', { kind: 'reply', status: 500, body: 'no' }, 1);
    await assert.rejects(readWorkspaceModels(side.client()), (error) => isFailure(error, 'serverError'));
    assert.equal(side.takeRequests().length, 1);
  });
});
