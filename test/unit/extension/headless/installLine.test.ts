import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { installLine } from '../../../../src/extension/headless/installLine';

const ORDER = {
  cli: "/home/o'hara/my data/cli/openwebui-sync.js",
  root: "/home/o'hara/my data",
  every: { kind: 'daily', at: '02:00' },
  shell: '/bin/bash',
} as const;
const WINDOWS = { ...ORDER, cli: String.raw`C:\Users\O'Hara B\cli.js`, root: String.raw`C:\Users\O'Hara B` };

describe('The line that installs a schedule', () => {
  it('is taken apart by a shell into what was meant', () => {
    const words = execFileSync('sh', ['-c', installLine(ORDER).replace(/^node/, String.raw`printf '%s\n'`)]);
    assert.deepEqual(words.toString().trimEnd().split('\n'), [
      ...[ORDER.cli, 'schedule', 'install', '--every', 'daily@02:00', '--data', ORDER.root],
    ]);
  });

  for (const [shell, expected] of [
    [
      String.raw`C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe`,
      String.raw`node 'C:\Users\O''Hara B\cli.js' schedule install --every daily@02:00 --data 'C:\Users\O''Hara B'`,
    ],
    [
      String.raw`C:\Windows\System32\cmd.exe`,
      String.raw`node "C:\Users\O'Hara B\cli.js" schedule install --every daily@02:00 --data "C:\Users\O'Hara B"`,
    ],
  ] as const) {
    it(`is quoted as ${shell} wants it`, () => {
      assert.equal(installLine({ ...WINDOWS, shell }), expected);
    });
  }
});
