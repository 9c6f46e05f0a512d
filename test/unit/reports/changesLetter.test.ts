import assert from 'node:assert/strict';
import {
  changesJson,
  changesMarkdown,
  letterFileName,
  settingsOfWeek,
} from '../../../src/reports/changes/changesLetter';
import { daysOfIsoWeek, isoWeekOf, isoWeekOfPeriod } from '../../../src/reports/changes/isoWeek';
import { weekToTell } from '../../../src/reports/changes/weeklyLetter';
import { dayOfIso, isoOfDay } from '../../../src/reports/days';
import { LAST_SYNC, MONDAY, changes, uses, usesInWeek } from './changesMirror';
import { at, TestMirror } from './mirror';

function day(iso: string): number {
  return dayOfIso(iso) ?? Number.NaN;
}

describe('ISO weeks', () => {
  it('belong to the year of their Thursday', () => {
    assert.equal(isoWeekOf(day('2026-08-02')), '2026-W31');
    assert.equal(isoWeekOf(day('2026-01-01')), '2026-W01');
    assert.equal(isoWeekOf(day('2027-01-03')), '2026-W53');
    assert.equal(isoWeekOf(day('2024-12-30')), '2025-W01');
  });

  it('have Monday to Sunday', () => {
    const span = (week: string): string | undefined => {
      const days = daysOfIsoWeek(week);
      return days === undefined ? undefined : `${isoOfDay(days.from)} ${isoOfDay(days.to)}`;
    };
    assert.equal(span('2026-W31'), '2026-07-27 2026-08-02');
    assert.equal(span('2025-W01'), '2024-12-30 2025-01-05');
    assert.equal(span('2026-W53'), '2026-12-28 2027-01-03');
  });

  it('are 52 or 53 a year', () => {
    for (const none of ['2025-W53', '2026-W54', '2026-W00', '2026-31', '2026-W1', 'W31', '']) {
      assert.equal(daysOfIsoWeek(none), undefined, none);
    }
  });

  it('are no other seven days', () => {
    const monday = day('2026-07-27');
    assert.equal(isoWeekOfPeriod({ from: monday, to: monday + 6 }), '2026-W31');
    assert.equal(isoWeekOfPeriod({ from: monday + 1, to: monday + 7 }), undefined);
    assert.equal(isoWeekOfPeriod({ from: monday, to: monday + 5 }), undefined);
  });
});

describe('the letter about what changed', () => {
  let mirror: TestMirror;

  beforeEach(async () => {
    mirror = await TestMirror.create();
  });
  afterEach(() => mirror.dispose());

  it('has a subject, sentences with what stands behind them, the age of the data and the zone, and no links', async () => {
    const fasgpt = mirror.instance('fas_gpt', { lastSync: LAST_SYNC });
    const resgpt = mirror.instance('resgpt', { lastSync: at('2026-07-30 09:12') });
    const ann = mirror.chat(mirror.user(fasgpt, 'Ann *'));
    const ben = mirror.chat(mirror.user(fasgpt, 'Ben'));
    const cid = mirror.chat(mirror.user(resgpt, 'Cid'));
    usesInWeek(mirror, ann, 1, 10);
    usesInWeek(mirror, ben, 1, 1);
    usesInWeek(mirror, ben, 0, 1);
    for (let weekday = 0; weekday < 3; weekday++) {
      uses(mirror, cid, MONDAY - 7 + weekday, 2);
      uses(mirror, cid, MONDAY + weekday, 2);
    }
    const model = await changes(mirror, settingsOfWeek('2026-W31', { kind: 'all' }));
    assert.equal(
      changesMarkdown(model),
      [
        'Subject: What changed in 2026-W31 (2026-07-27 to 2026-08-02): All instances',
        '',
        'Compared with 2026-07-20 to 2026-07-26.',
        '',
        '## All instances',
        '',
        '- **Not synced to the end: resgpt is known up to Jul 29, 2026.**',
        '  - Later days are unknown, not empty; the same weekdays before are compared.',
        '  - resgpt: last sync 2026-07-30 09:12.',
        '- Turns fell by 82% to 11, from 61.',
        '  - Causes: instance fas\\_gpt -50 (100% of the change), user Ann \\* -50 (100%).',
        '',
        '## fas\\_gpt',
        '',
        '- Turns fell by 90.9% to 5, from 55.',
        '  - Causes: user Ann \\* -50 (100% of the change).',
        '',
        '## resgpt',
        '',
        '- **Not synced to the end: resgpt is known up to Jul 29, 2026.**',
        '  - Later days are unknown, not empty; the same weekdays before are compared.',
        '  - resgpt: last sync 2026-07-30 09:12.',
        '- Nothing unusual: 6 turns by 1 user, 6 generations.',
        '  - Before: 6 turns by 1 user, 6 generations.',
        '',
        'Data as of 2026-07-30 09:12:00 to 2026-08-03 06:00:00, by instance. Days are those of UTC.',
        '',
      ].join('\n'),
    );
  });

  it('is JSON for programs', async () => {
    const fasgpt = mirror.instance('fasgpt', { lastSync: LAST_SYNC });
    usesInWeek(mirror, mirror.chat(mirror.user(fasgpt, 'Ann')), 1, 1);
    usesInWeek(mirror, mirror.chat(mirror.user(fasgpt, 'Ben')), 0, 1);
    const model = await changes(mirror, settingsOfWeek('2026-W31', { kind: 'all' }));
    const { sections, ...head } = JSON.parse(changesJson(model)) as Record<string, unknown>;
    assert.deepEqual(head, {
      format: 'openwebui-sync-changes',
      version: 1,
      week: '2026-W31',
      from: '2026-07-27',
      to: '2026-08-02',
      comparedWith: '2026-07-20 to 2026-07-26',
      filters: [],
      freshness: 'Data as of 2026-08-03 06:00:00',
      zone: 'UTC',
    });
    assert.deepEqual(sections, [
      {
        title: 'All instances',
        sentences: [
          {
            text: 'Nothing unusual: 5 turns by 1 user, 5 generations.',
            tone: 'plain',
            details: ['Before: 5 turns by 1 user, 5 generations.'],
            link: { kind: 'report', reportId: 'overview' },
          },
        ],
      },
    ]);
  });

  it('has its week in the name of the file', () => {
    assert.equal(letterFileName('2026-W31', undefined), 'what-changed-2026-W31.md');
    assert.equal(letterFileName('2026-W31', 'FAS GPT/1', 'json'), 'what-changed-2026-W31-fas-gpt-1.json');
  });

  it('is not about a week that does not exist', () => {
    assert.throws(() => settingsOfWeek('2025-W53', { kind: 'all' }), RangeError);
  });

  describe('can be written', () => {
    const monday = at('2026-08-03 00:00');

    it('after the first sync that ended after the week', () => {
      const week = (lastSyncs: number[]): string | undefined =>
        weekToTell({ now: monday + 8 * 3600, zone: 'UTC', lastSyncs });
      assert.equal(week([]), undefined);
      assert.equal(week([monday - 60, monday - 3600]), undefined);
      assert.equal(week([monday - 86_400, monday + 60]), '2026-W31');
    });

    it('when the week is over in the zone of the mirror', () => {
      const week = (zone: string): string | undefined =>
        weekToTell({ now: monday - 3600, zone, lastSyncs: [monday - 3600] });
      assert.equal(week('Europe/Berlin'), '2026-W31');
      assert.equal(week('UTC'), '2026-W30');
    });

    it('for the newest week alone, whenever the window was closed', () => {
      const later = at('2026-08-20 10:00');
      assert.equal(weekToTell({ now: later, zone: 'UTC', lastSyncs: [later] }), '2026-W33');
    });
  });
});
