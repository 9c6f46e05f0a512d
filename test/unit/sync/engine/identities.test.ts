import assert from 'node:assert/strict';
import { Identities } from '../../../../src/sync/engine/identities';
import { PRIVACY, type PrivacyMode } from '../../../../src/store/instances/privacy';

const hash = (id: string): string => `#${id.length}${id}`;

function identities(mode: PrivacyMode, erased: readonly string[] = []): Identities {
  return new Identities({ rules: PRIVACY[mode], hash, erased: erased.map(hash) });
}

describe('Identities', () => {
  it('leaves the ids of users alone where the mode keeps them', () => {
    const ids = identities('pseudonyms');
    assert.deepEqual([ids.mirrorId('bob'), ids.serverId('bob'), ids.serverId('eve')], ['bob', 'bob', 'eve']);
  });

  it('hashes them in mode counts and knows the way back of those that were seen', () => {
    const ids = identities('counts');
    assert.equal(ids.mirrorId('bob'), hash('bob'));
    assert.deepEqual([ids.serverId(hash('bob')), ids.serverId(hash('eve'))], ['bob', undefined]);
    assert.throws(() => ids.requireServerId(hash('eve')));
  });

  for (const mode of ['full', 'counts'] as const) {
    it(`(${mode}) leaves out who was erased`, () => {
      const ids = identities(mode, ['bob']);
      assert.ok(ids.isErased('bob') && !ids.isErased('eve'));
      assert.deepEqual(ids.mirrored(['bob', 'eve']), [ids.mirrorId('eve')]);
      const owners = ['bob', 'eve', undefined].map((userRemoteId) => ids.owned({ userRemoteId }));
      assert.deepEqual(
        owners.map(({ userRemoteId }) => userRemoteId),
        [undefined, ids.mirrorId('eve'), undefined],
      );
    });
  }
});
