import assert from 'node:assert/strict';
import { previewText } from '../../../../src/sync/texts/previewText';
import type { RowChange } from '../../../../src/store/writeResults';
import { NO_CHANGES } from '../../../../src/store/runs';
import { aRun } from '../../extension/builders';

const streams = [
  { stream: 'chats', status: 'ok', counts: { ...NO_CHANGES, seen: 482, inserted: 3 }, requests: 13 },
] as const;

function aChange(overrides: Partial<RowChange> = {}): RowChange {
  return { stream: 'chats', change: 'inserted', remoteId: 'c1', label: 'Holiday plans', ...overrides };
}

describe('the text of a preview', () => {
  it('lists what would be new, changed and deleted by name, and what is not listed as a number', () => {
    const changes = [
      aChange(),
      aChange({ remoteId: 'c2', label: undefined }),
      aChange({ stream: 'users', change: 'updated', label: 'Ada Admin' }),
    ];
    const text = previewText({ instanceName: 'fasgpt', run: aRun({ streams }), changes });
    assert.match(text, /^Preview of fasgpt\n=+\n/);
    assert.match(text, /Changed: Users \(1\)\n {2}Ada Admin\n/);
    assert.match(text, /New: Chats \(3\)\n {2}Holiday plans\n {2}c2\n {2}and 1 more row\n/);
  });

  it('tells what it cost and what the sync would look at', () => {
    const run = aRun({ streams, walk: 'complete', requests: 70, expectedRequests: 65 });
    const text = previewText({ instanceName: 'fasgpt', run, changes: [] });
    assert.match(text, /Incremental sync, looks at everybody/);
    assert.match(text, /70 for this preview, about 65 were expected; the sync makes about as many/);
    assert.match(text, /New +3/);
  });

  it('tells what failed', () => {
    const run = aRun({ status: 'failed', error: 'fasgpt.example.org rejects the key. Enter a new one.' });
    assert.match(
      previewText({ instanceName: 'fasgpt', run, changes: [] }),
      /Errors\n {2}fasgpt.*rejects the key/,
    );
  });
});
