import assert from 'node:assert/strict';
import { brakeReason, heldMessage, isMany } from '../../../../src/sync/engine/deletionBrake';

describe('the deletion brake', () => {
  it('allows 20 rows or a tenth of the stream, whichever is more', () => {
    const verdicts = [
      [20, 21],
      [21, 22],
      [21, 210],
      [22, 219],
      [100, 1000],
      [101, 1000],
    ].map(([gone, living]) => isMany({ gone: gone!, living: living! }));
    assert.deepEqual(verdicts, [false, true, false, true, false, true]);
  });

  it('holds the last rows of a stream that had several', () => {
    const reasons = [
      [1, 1],
      [2, 2],
      [2, 3],
      [30, 30],
      [29, 30],
    ].map(([gone, living]) => brakeReason({ gone: gone!, living: living! }));
    assert.deepEqual(reasons, [undefined, 'emptied', undefined, 'emptied', 'many']);
  });

  it('names the stream, the numbers and the next step', () => {
    assert.equal(
      heldMessage('many', 'knowledge_bases', 21, 30),
      '21 of 30 knowledge bases are gone from the server at once. They were kept. Review them: “OpenWebUI Sync: Review Deletions...”.',
    );
    assert.match(heldMessage('emptied', 'feedback', 1200, 1200), /^All 1,200 ratings are gone/);
  });
});
