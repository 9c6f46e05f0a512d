import assert from 'node:assert/strict';
import { SAMPLE_VERSIONS, type SampleVersion } from '../../../../src/sample/versions';
import { isFailure } from '../../../../src/sync/openwebui/failures';
import {
  feedbackExistence,
  feedbackPages,
  readFeedback,
  readFeedbackIds,
} from '../../../../src/sync/openwebui/feedback';
import { collect } from '../../../../src/sync/openwebui/paging';
import { useSampleSide, type SampleSide } from './sampleClient';

const WITHOUT_IDS: readonly SampleVersion[] = ['0.5.20', '0.6.5', '0.6.36'];
const ROOT = '/api/v1/evaluations/feedbacks';

describe('reading feedback', () => {
  const start = useSampleSide();

  /** Rates the answer of a new chat. */
  function rate(side: SampleSide, userId: string, rating: 1 | -1 = 1) {
    const chat = side.world.chats.add(userId, { title: 'Secret plan', models: ['gpt-x'] });
    const { answers } = side.world.chats.addTurn(chat.id, { answers: [{ model: 'gpt-x' }] });
    const [answer] = answers;
    assert.ok(answer);
    side.wait(5);
    const details = { comment: 'good ✓', tags: ['travel'], details: { rating: 9 } };
    const row = side.world.chats.rate(chat.id, answer.id, rating, details);
    side.wait(5);
    return { id: row.id, chatId: chat.id, messageId: answer.id };
  }

  function addUser(side: SampleSide, name: string): string {
    return side.world.users.add({ name, email: `${name}@example.org` }).id;
  }

  for (const version of SAMPLE_VERSIONS) {
    it(`gives all fields on ${version}, last changed first`, async () => {
      const side = await start(version);
      const ann = addUser(side, 'ann');
      const first = rate(side, ann);
      const second = rate(side, ann, -1);
      const { rows } = await collect(feedbackPages(side.client()));
      assert.deepEqual(
        rows.map(({ remoteId }) => remoteId),
        [second.id, first.id],
      );
      const { createdAt, updatedAt, reason, ...row } = rows[1] ?? assert.fail('no row');
      assert.deepEqual(row, {
        remoteId: first.id,
        userRemoteId: ann,
        chatRemoteId: first.chatId,
        messageRemoteId: first.messageId,
        modelId: 'gpt-x',
        siblingModelIds: [],
        rating: 1,
        score: 9,
        comment: 'good ✓',
        tags: ['travel'],
        isArena: false,
      });
      assert.ok(createdAt && updatedAt && reason);
    });

    it(`tells on ${version} whether a rating still exists, with as few calls as possible`, async () => {
      const side = await start(version);
      const ann = addUser(side, 'ann');
      const [first, second] = [rate(side, ann), rate(side, ann)];
      side.takeRequests();
      const exists = feedbackExistence(side.client());
      assert.equal(await exists(first.id), true);
      assert.equal(await exists(second.id), true);
      assert.equal(await exists('other'), false);
      assert.equal(side.takeRequests().length, WITHOUT_IDS.includes(version) ? 3 : 1);
    });

    it(`${WITHOUT_IDS.includes(version) ? 'has no ids' : 'gives the ids of all'} on ${version}`, async () => {
      const side = await start(version);
      const ann = addUser(side, 'ann');
      const { id } = rate(side, ann);
      if (WITHOUT_IDS.includes(version)) {
        await assert.rejects(readFeedbackIds(side.client()), (error) => isFailure(error, 'unsupported'));
        return;
      }
      const { rows } = await readFeedbackIds(side.client());
      assert.deepEqual(
        rows.map(({ remoteId, userRemoteId }) => [remoteId, userRemoteId]),
        [[id, ann]],
      );
      assert.ok((rows[0]?.updatedAt ?? 0) > 0);
    });
  }

  for (const version of SAMPLE_VERSIONS.filter((some) => some !== '0.5.20' && some !== '0.6.5')) {
    it(`reads one by its id on ${version}, without its chat`, async () => {
      const side = await start(version);
      const { id } = rate(side, addUser(side, 'ann'));
      const row = await readFeedback(side.client(), id);
      assert.deepEqual([row.remoteId, row.rating], [id, 1]);
      assert.ok(!JSON.stringify(row).includes('Secret plan'));
      await assert.rejects(readFeedback(side.client(), 'other'), (error) => isFailure(error, 'notFound'));
    });
  }

  it('never asks for the export, which holds whole chats', async () => {
    for (const version of SAMPLE_VERSIONS) {
      const side = await start(version);
      rate(side, addUser(side, 'ann'));
      await collect(feedbackPages(side.client()));
      assert.ok(side.takeRequests().every((path) => !path.includes('export')));
    }
  });

  it('reads page after page', async () => {
    const side = await start();
    const ann = addUser(side, 'ann');
    for (let index = 0; index < 65; index++) {
      rate(side, ann);
    }
    assert.equal((await collect(feedbackPages(side.client()))).rows.length, 65);
    assert.equal(side.takeRequests().length, 3);
  });

  it('finds those of deleted users by their ids, since the list leaves them out', async () => {
    const side = await start();
    const ann = addUser(side, 'ann');
    const { id } = rate(side, ann);
    side.world.deleteUser(ann);
    assert.deepEqual((await collect(feedbackPages(side.client()))).rows, []);
    const ids = (await readFeedbackIds(side.client())).rows.map(({ remoteId }) => remoteId);
    assert.deepEqual(ids, [id]);
    assert.equal((await readFeedback(side.client(), id)).userRemoteId, ann);
  });

  it('takes what is odd for absent', async () => {
    const side = await start('0.6.36');
    const odd = [
      { id: 'a', data: { rating: '-1', details: { rating: '7' } }, meta: { arena: true, model_id: 'pool' } },
      {
        id: 'b',
        data: { rating: 5, details: { rating: 11 }, tags: ['x', 7], sibling_model_ids: ['m', null] },
      },
      { id: 'c', data: { rating: true, comment: 4 }, meta: 'none' },
      { id: 'd', data: { rating: 1, model_id: 'true-model' }, meta: { arena: true, model_id: 'pool' } },
      { id: 'e', data: null, meta: null, user_id: null },
      { data: { rating: 1 } },
    ];
    side.server.fail(`${ROOT}/all`, { kind: 'reply', status: 200, body: odd }, 1);
    const { rows, skipped } = await collect(feedbackPages(side.client()));
    assert.equal(skipped, 1);
    assert.deepEqual(
      rows.map(({ rating, score, modelId, isArena, tags, siblingModelIds }) => [
        rating,
        score,
        modelId,
        isArena,
        [...tags, ...siblingModelIds],
      ]),
      [
        [-1, 7, 'pool', true, []],
        [undefined, undefined, undefined, false, ['x', 'm']],
        [undefined, undefined, undefined, false, []],
        [1, undefined, 'true-model', true, []],
        [undefined, undefined, undefined, false, []],
      ],
    );
  });

  it('says when the key may not read feedback', async () => {
    const side = await start();
    side.server.setGates({ keyPaths: ['/api/v1/users'] });
    await assert.rejects(collect(feedbackPages(side.client())), (error) =>
      isFailure(error, 'endpointNotAllowed'),
    );
  });
});
