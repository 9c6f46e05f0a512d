import assert from 'node:assert/strict';
import { isPersonHash, personHash, pseudonymOf } from '../../../../src/store/instances/people';

describe('What stands for a person', () => {
  it('is a hash that differs by person, instance and data folder, and stays the same otherwise', () => {
    const hash = personHash('salt', 1, 'ann');
    assert.equal(hash, personHash('salt', 1, 'ann'));
    const others = [
      personHash('salt', 1, 'bob'),
      personHash('salt', 2, 'ann'),
      personHash('other', 1, 'ann'),
    ];
    assert.equal(new Set([hash, ...others]).size, 4);
    assert.doesNotMatch(hash, /ann/u);
  });

  it('is recognised, and not hashed again', () => {
    const hash = personHash('salt', 1, 'ann');
    assert.equal(isPersonHash(hash), true);
    assert.equal(personHash('salt', 1, hash), hash);
    assert.equal(isPersonHash('person-ann'), false);
    assert.equal(isPersonHash('0b7a3c52-8f1e-4a54-9d39-3f6e2b1c5d70'), false);
  });

  it('is a name by which people can be told apart', () => {
    assert.match(pseudonymOf('ann'), /^User [0-9A-F]{8}$/u);
    assert.equal(pseudonymOf('ann'), pseudonymOf('ann'));
    const names = new Set(Array.from({ length: 5_000 }, (_, index) => pseudonymOf(`user-${index}`)));
    assert.ok(names.size >= 4_999);
  });
});
