import assert from 'node:assert/strict';
import { verifyText } from '../../../../src/sync/verify/verifyText';
import type { VerifyReport } from '../../../../src/sync/verify/verifyTypes';

function report(overrides: Partial<VerifyReport> = {}): VerifyReport {
  return {
    instanceId: 1,
    instanceName: 'FASGPT',
    checkedAt: 1_800_000_000,
    serverVersion: '0.12.4',
    areas: [
      { stream: 'users', server: 38, mirror: 38 },
      { stream: 'chats', server: 180, mirror: 180, sampledUsers: 15 },
      { stream: 'messages', server: 1420, mirror: 1420, sampledUsers: 15 },
    ],
    sampledChats: 20,
    differences: [],
    differenceCount: 0,
    requests: 61,
    ...overrides,
  };
}

describe('the words of a comparison', () => {
  it('tell what was compared and that it is equal', () => {
    assert.deepEqual(verifyText(report()), [
      'FASGPT: the mirror equals the server',
      '  Users: 38 on the server, 38 in the mirror',
      '  Chats of 15 users: 180 on the server, 180 in the mirror',
      '  Messages of 20 chats: 1,420 on the server, 1,420 in the mirror',
      'Open WebUI 0.12.4, 61 requests. Nothing was written.',
    ]);
  });

  it('do not say equal when something could not be compared', () => {
    const areas = [{ stream: 'chats', mirror: 482, problem: 'Switch it on.' }] as const;
    assert.deepEqual(verifyText(report({ areas })).slice(0, 2), [
      'FASGPT: no difference in what could be compared',
      '  Chats: not compared, 482 in the mirror. Switch it on.',
    ]);
  });

  it('name the differences, by title where one may be shown, and the next step', () => {
    const lines = verifyText(
      report({
        differenceCount: 3,
        differences: [
          { stream: 'chats', remoteId: 'c1', label: 'Holidays', kind: 'missing' },
          { stream: 'chats', remoteId: 'c2', kind: 'gone' },
          { stream: 'messages', remoteId: 'c3', kind: 'differs' },
        ],
      }),
    );
    assert.equal(lines[0], 'FASGPT: 3 differences between mirror and server');
    assert.deepEqual(lines.slice(4, 8), [
      'Differences:',
      '  Chats: “Holidays” (c1) is not in the mirror',
      '  Chats: c2 is no longer on the server',
      '  Messages: c3 is not the same',
    ]);
    assert.equal(lines.at(-1), 'Run a full sync to repair.');
  });

  it('count differences that are too many to name', () => {
    const differences = Array.from({ length: 100 }, (_, index) => ({
      stream: 'files' as const,
      remoteId: `f${index}`,
      kind: 'missing' as const,
    }));
    const lines = verifyText(report({ differenceCount: 1_500, differences }));
    assert.equal(lines.filter((line) => line.startsWith('  Files')).length, 20);
    assert.ok(lines.includes('  … and 1,480 more'));
  });
});
