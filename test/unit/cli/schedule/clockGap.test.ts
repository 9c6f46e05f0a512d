import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { skippedDay } from '../../../../src/cli/schedule/clockGap';

const NOW = Date.parse('2026-11-30T08:00:00Z');
const daily = (at: string) => ({ kind: 'daily', at }) as const;

describe('a daily time that a clock jumps over', () => {
  it('is one of the hour that is left out in spring', () => {
    const skipped = (at: string, zone: string) => skippedDay(daily(at), zone, NOW);
    assert.equal(skipped('02:00', 'Europe/Berlin'), '2027-03-28');
    assert.equal(skipped('02:59', 'America/New_York'), '2027-03-14');
    assert.equal(skipped('03:00', 'Europe/Berlin'), undefined);
    assert.equal(skipped('01:59', 'Europe/Berlin'), undefined);
    assert.equal(skipped('02:00', 'UTC'), undefined);
    assert.equal(skippedDay({ kind: 'hourly' }, 'Europe/Berlin', NOW), undefined);
  });

  it('is left out by systemd', function () {
    const { error, stdout } = spawnSync(
      'systemd-analyze',
      ['calendar', '--base-time=2027-03-27 12:00:00 UTC', '*-*-* 02:00:00 Europe/Berlin'],
      { encoding: 'utf8', env: { ...process.env, TZ: 'UTC' } },
    );
    if (error !== undefined) {
      this.skip();
    }
    assert.match(stdout, /Next elapse: \w+ 2027-03-29 00:00:00 UTC/u);
  });
});
