import assert from 'node:assert/strict';
import type { ReportModel } from '../../../src/reports/reportModel';
import { usersReport } from '../../../src/reports/users/usersReport';
import { expandSql } from '../../../src/reports/sqlTemplate';
import { TestMirror, at } from './mirror';
import { column, report, rows, tile, total, type Asked } from './reading';

const definition = usersReport;
const DAY = 86_400;

describe('the report on users', () => {
  let mirror: TestMirror;
  let instance: number;

  beforeEach(async () => {
    mirror = await TestMirror.create();
    instance = mirror.instance('fasgpt');
  });
  afterEach(() => mirror.dispose());

  const users = (asked: Asked = {}): Promise<ReportModel> => report(mirror, { definition, ...asked });

  /** Somebody with turns at these days (or times), in one chat. */
  function person(name: string, times: readonly string[] = [], columns: Record<string, string> = {}): number {
    const id = mirror.user(instance, name);
    for (const [field, value] of Object.entries(columns)) {
      mirror.run(`UPDATE users SET ${field} = ? WHERE id = ?`, [value, id]);
    }
    const chat = mirror.chat(id);
    for (const time of times) {
      mirror.message(chat, at(time.length === 10 ? `${time} 10:00` : time));
    }
    return id;
  }

  /** Days of March 2026, each as `2026-03-DD`. */
  function march(...days: readonly number[]): string[] {
    return days.map((day) => `2026-03-${String(day).padStart(2, '0')}`);
  }

  function range(first: number, last: number): number[] {
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  }

  describe('counts people in windows that end with a day', () => {
    it('of 7 and 28 days, and nobody twice', async () => {
      person('Ann', march(1, 2, 2));
      person('Ben', march(20));
      const steps = new Map(rows(await users(), 'rolling').map((row) => [row['bucket'], row]));
      const on = (day: string): unknown[] => {
        const { dau, wau, mau } = steps.get(day) ?? {};
        return [dau, wau, mau];
      };
      assert.deepEqual(on('2026-03-02'), [1, 1, 1]);
      assert.deepEqual(on('2026-03-08'), [0, 1, 1]);
      assert.deepEqual(on('2026-03-09'), [0, 0, 1]);
      assert.deepEqual(on('2026-03-20'), [1, 1, 2]);
      assert.deepEqual(on('2026-03-29'), [0, 0, 2]);
      assert.deepEqual(on('2026-03-30'), [0, 0, 1]);
    });

    it('as counting each window anew would', async () => {
      const days = new Map(
        range(1, 5).map((seed) => [
          person(
            `User ${seed}`,
            march(...range(1, 31).filter((day) => (day * seed * 7) % 11 < 2 + (seed % 3))),
          ),
          range(1, 31).filter((day) => (day * seed * 7) % 11 < 2 + (seed % 3)),
        ]),
      );
      const activeIn = (from: number, to: number): number =>
        [...days.values()].filter((active) => active.some((day) => day >= from && day <= to)).length;
      const steps = rows(await users(), 'rolling');
      assert.equal(steps.length, 31);
      for (const [index, { dau, wau, mau }] of steps.entries()) {
        const day = index + 1;
        assert.deepEqual(
          [dau, wau, mau],
          [activeIn(day, day), activeIn(day - 6, day), activeIn(day - 27, day)],
          `day ${day}`,
        );
      }
    });

    it('and by weeks as the mean of their days', async () => {
      person('Ann', march(2, 3, 4));
      person('Ben', march(4));
      const [, week] = rows(await users({ unit: 'week' }), 'rolling');
      assert.equal(week?.['bucket'], '2026-03-02');
      assert.equal(week['dau'], 4 / 7);
      assert.equal(week['wau'], 2);
    });
  });

  describe('tells who came, stayed, came back and went', () => {
    it('by the first turn ever and as many days before the period', async () => {
      person('Ann', ['2026-01-05', '2026-02-10', '2026-03-03']);
      person('Ben', march(4));
      person('Cid', ['2026-01-06', '2026-03-05']);
      person('Dan', ['2026-02-11']);
      person('Eve', ['2026-01-02']);
      const model = await users();
      assert.deepEqual(
        ['active_users', 'new_users', 'returning_users', 'resurrecting_users', 'dormant_users'].map((id) =>
          total(model, id),
        ),
        [3, 1, 1, 1, 1],
      );
    });

    it('step by step', async () => {
      person('Ann', march(2, 10, 30));
      person('Ben', march(11, 17));
      const steps = rows(await users({ unit: 'week' }), 'lifecycle');
      const columnsOf = ['new_users', 'returning_users', 'resurrecting_users', 'dormant_users'];
      assert.deepEqual(
        steps.map((row) => [row['bucket'], ...columnsOf.map((id) => row[id])]),
        [
          ['2026-02-23', null, null, null, null],
          ['2026-03-02', 1, 0, 0, 0],
          ['2026-03-09', 1, 1, 0, 0],
          ['2026-03-16', 0, 1, 0, 1],
          ['2026-03-23', 0, 0, 0, 1],
          ['2026-03-30', 0, 0, 1, 0],
        ],
      );
    });

    it('of the first step against as many days before it', async () => {
      person('Ann', ['2026-02-28', ...march(1)]);
      person('Ben', ['2026-02-20', ...march(1)]);
      person('Cid', ['2026-02-28']);
      const [first] = rows(await users(), 'lifecycle');
      assert.equal(first?.['returning_users'], 1);
      assert.equal(first['resurrecting_users'], 1);
      assert.equal(first['dormant_users'], 1);
    });

    it('and counts people of deleted accounts', async () => {
      const gone = mirror.user(instance, 'Gone', { isDeleted: true });
      mirror.message(mirror.chat(gone, { isDeleted: true }), at('2026-03-02 10:00'), { isDeleted: true });
      const model = await users();
      assert.equal(total(model, 'active_users'), 1);
      assert.equal(total(model, 'registered_accounts'), 0);
    });
  });

  describe('measures stickiness', () => {
    it('on workdays and over 28 days, as sums over sums', async () => {
      person('Ann', march(...range(4, 31)));
      person('Ben', march(30));
      const model = await users();
      // 20 workdays of Ann and one of Ben; Ann in four weeks and Ben in one.
      assert.equal(total(model, 'stickiness_workdays'), 21 / 5 / 5);
      assert.equal(total(model, 'stickiness_28'), 29 / 28 / 2);
    });

    it('not before the first turn is 28 days old', async () => {
      person('Ann', march(5, 30));
      const model = await users();
      assert.equal(total(model, 'stickiness_workdays'), null);
      assert.equal(tile(model, 'stickiness_28').value, '–');
    });

    it('by the weekdays of the place, not of UTC', async () => {
      mirror.dispose();
      mirror = await TestMirror.create('America/New_York');
      instance = mirror.instance('fasgpt');
      // Sunday evening in New York, Monday in UTC; and the Monday after it.
      person('Ann', ['2026-03-02 03:00', '2026-03-30 02:00']);
      assert.equal(total(await users(), 'stickiness_workdays'), 0);
      person('Ben', ['2026-03-30 14:00']);
      assert.equal(total(await users(), 'stickiness_workdays'), 1 / 5 / 2);
    });
  });

  it('scores adoption over accounts that are neither deleted nor pending', async () => {
    person('Ann', march(...range(10, 21)));
    person('Ben', march(...range(10, 15)));
    person('Cid');
    person('Dan', [], { role: 'pending' });
    mirror.user(instance, 'Eve', { isDeleted: true });
    const model = await users();
    assert.equal(total(model, 'adoption_score'), 50);
    assert.equal(tile(model, 'adoption_score').note, 'of 100, over 3 accounts');
  });

  describe('follows cohorts', () => {
    it('of at least five users week by week, and leaves weeks open that are not over', async () => {
      for (const name of ['A', 'B', 'C']) {
        person(name, march(2));
      }
      person('D', march(3, 9, 30));
      person('E', march(8, 15, 25));
      for (const name of ['F', 'G', 'H', 'I']) {
        person(name, march(17));
      }
      const model = await users();
      const cells = rows(model, 'cohorts');
      assert.deepEqual(model.notes, [
        'The first message is of 2026-03-02; nothing is known of the days before.',
        'Weeks with fewer than five first users, left out of the retention: 1. Users in them: 4.',
      ]);
      assert.deepEqual(
        cells
          .filter(({ step }) => Number(step) <= 4)
          .map((row) => [row['cohort'], row['size'], row['retention']]),
        [
          ['2026-03-02', 5, 1],
          ['2026-03-02', 5, 2 / 5],
          ['2026-03-02', 5, 0],
          ['2026-03-02', 5, 1 / 5],
          ['2026-03-02', 5, null],
        ],
      );
    });

    it('from the first turn ever, also one before the period', async () => {
      for (const name of ['A', 'B', 'C', 'D', 'E']) {
        person(name, ['2026-01-14', ...march(5)]);
      }
      assert.deepEqual(
        [...new Set(rows(await users(), 'cohorts').map(({ cohort }) => cohort))],
        ['2026-01-12'],
      );
    });
  });

  it('counts active days of 28', async () => {
    person('Ann', march(3, 4, 5, 5));
    person('Ben', march(31));
    person('Cid', march(...range(4, 31)));
    const counts = rows(await users(), 'active_days');
    assert.equal(counts.length, 28);
    // The 3rd of March is the 29th day back.
    assert.deepEqual(
      counts.filter(({ users: count }) => count !== 0).map((row) => [row['days'], row['users']]),
      [
        [1, 1],
        [2, 1],
        [28, 1],
      ],
    );
  });

  describe('sorts accounts into segments', () => {
    /** Turns in each of the last weeks, as many as given; the last week ends on 31 March. */
    function weekly(name: string, turns: readonly number[], columns: Record<string, string> = {}): void {
      const id = person(name, [], columns);
      const chat = mirror.chat(id);
      turns.forEach((count, weeksAgo) => {
        for (let turn = 0; turn < count; turn++) {
          mirror.message(chat, at('2026-03-31 08:00') - weeksAgo * 7 * DAY + turn);
        }
      });
    }

    async function segments(): Promise<Record<string, unknown>> {
      return Object.fromEntries(
        rows(await users(), 'segments').map((row) => [String(row['segment']), row['accounts']]),
      );
    }

    it('by 12 weeks', async () => {
      weekly('Power', [20, 20, 20, 20, 20, 20, 20, 20, 20]);
      weekly('Too few weeks for a habit', [30, 30, 30, 30, 30, 30, 30, 30]);
      weekly('Habitual', [20, 20, 20, 20, 20, 20, 20, 20, 19]);
      weekly('Novice', [12]);
      weekly('Low', [11]);
      weekly('Long gone', [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 50]);
      // Without a day of creation an account is as old as its first turn.
      mirror.run("UPDATE users SET created_at = '2025-01-01 10:00:00'");
      assert.deepEqual(await segments(), {
        Power: 1,
        Habitual: 1,
        Novice: 2,
        Low: 1,
        'Non-user': 1,
        'Too new': 0,
      });
    });

    it('by 4 weeks where an account is no older than 12', async () => {
      const createdAt = '2026-02-01 10:00:00';
      weekly('Power', [15, 15, 15, 15], { created_at: createdAt });
      weekly('Habitual', [14, 15, 15, 15], { created_at: createdAt });
      weekly('Novice', [2, 0, 2], { created_at: createdAt });
      weekly('Low', [3], { created_at: createdAt });
      weekly('Too new', [50], { created_at: '2026-03-20 10:00:00' });
      assert.deepEqual(await segments(), {
        Power: 1,
        Habitual: 1,
        Novice: 1,
        Low: 1,
        'Non-user': 0,
        'Too new': 1,
      });
    });
  });

  describe('scores engagement', () => {
    it('from frequency, depth, breadth and recency, the least engaged first', async () => {
      const ann = person('Ann', march(...range(20, 31)));
      const chat = mirror.row('chats', {
        instance_id: instance,
        remote_id: 'full',
        user_id: ann,
        row_hash: '',
        folder_id: 'folder',
      });
      for (let turn = 0; turn < 48; turn++) {
        mirror.message(chat, at('2026-03-31 11:00') + turn);
      }
      mirror.message(chat, at('2026-03-31 11:30'), { role: 'assistant', columns: { tool_call_count: 1 } });
      const answer = mirror.message(chat, at('2026-03-31 11:31'), { role: 'assistant', model: 'llama3' });
      mirror.put('message_sources', {
        message_id: answer,
        kind: 'knowledge',
        use: 'cited',
        remote_id: 'k',
        times: 1,
        instance_id: instance,
      });
      person('Ben', march(17));
      person('Cid');
      const model = await users();
      const scored = rows(model, 'engagement');
      assert.deepEqual(
        scored.map((row) => [row['user'], row['stage']]),
        [
          ['Ben', 'Trying'],
          ['Ann', 'Champion'],
        ],
      );
      const parts = ['frequency', 'depth', 'breadth', 'recency', 'score'];
      assert.deepEqual(
        parts.map((part) => scored[1]?.[`engagement_${part}`]),
        [1, 1, 1, 1, 100],
      );
      // 1 of 12 days, ln 2 / ln 61 = 0.169, nothing else, 14 days ago: 3.3 + 3.4 + 0 + 10.
      assert.equal(scored[0]?.['engagement_score'], 17);
      assert.equal(scored[0]['engagement_recency'], 0.5);
      assert.deepEqual(
        rows(model, 'stages').map(({ accounts }) => accounts),
        [1, 1, 0, 0, 1],
      );
    });

    it('and prints its version and formula', async () => {
      person('Ann', march(20));
      const { definitions } = await users();
      const words = definitions.find(({ id }) => id === 'engagement_score')?.definition ?? '';
      assert.match(words, /Version 1: 100 x \(0\.40 F \+ 0\.20 D \+ 0\.20 B \+ 0\.20 R\)/u);
    });
  });

  describe('measures how turns are spread', () => {
    function turns(...counts: readonly number[]): void {
      for (const [index, count] of counts.entries()) {
        person(
          `User ${index}`,
          Array.from({ length: count }, () => '2026-03-10'),
        );
      }
    }

    it('by the top tenth, and by how many write 80 %', async () => {
      turns(1, 1, 1, 1, 1, 1, 1, 1, 1, 11);
      const [spread] = rows(await users(), 'concentration');
      assert.equal(spread?.['top_tenth_share'], 11 / 20);
      // 11 and five times 1 are 16 of 20.
      assert.equal(spread['users_for_80'], 0.6);
    });

    it('with a Gini coefficient from 20 users on', async () => {
      turns(...Array.from({ length: 19 }, () => 1));
      assert.equal(rows(await users(), 'concentration')[0]?.['gini'], null);
      turns(1);
      assert.equal(rows(await users(), 'concentration')[0]?.['gini'], 0);
      turns(20);
      // 20 users with 1 and one with 20: (21 + 1 - 2) * 20 - sum over the others of (2 * place - 22), over 21 * 40.
      assert.equal(rows(await users(), 'concentration')[0]?.['gini'], (20 * 20 - 20) / (21 * 40));
    });

    it('along the Lorenz curve', async () => {
      turns(1, 2, 3, 4);
      assert.deepEqual(
        rows(await users(), 'lorenz').map((row) => [row['user_share'], row['turn_share']]),
        [
          [0.25, 0.1],
          [0.5, 0.3],
          [0.75, 0.6],
          [1, 1],
        ],
      );
    });
  });

  describe('lists accounts that are not used', () => {
    beforeEach(() => {
      person('Never', [], { created_at: '2026-03-17 09:00:00' });
      person('Lurker', [], { created_at: '2026-01-01 09:00:00', last_active_at: '2026-03-01 09:00:00' });
      person('Just made', [], { created_at: '2026-03-18 09:00:00' });
      person('Pending', [], { role: 'pending', created_at: '2026-01-01 09:00:00' });
      person('Thirty', march(1));
      person('Sixty', ['2026-01-30']);
      person('Ninety', ['2025-12-31']);
      person('Fresh', march(2));
    });

    it('the longest unused first', async () => {
      const model = await users();
      assert.deepEqual(
        rows(model, 'idle').map((row) => [row['user'], row['state'], row['days_since']]),
        [
          ['Ninety', 'Dormant 90 days', 90],
          ['Lurker', 'Seen, no turn', null],
          ['Sixty', 'Dormant 60 days', 60],
          ['Thirty', 'Dormant 30 days', 30],
          ['Never', 'Never seen', null],
        ],
      );
      assert.deepEqual(column(model, 'idle', 'Days since'), ['90', '–', '60', '30', '–']);
    });

    it('and counts them', async () => {
      const model = await users();
      const [states] = rows(model, 'dormant');
      assert.deepEqual(
        ['dormant_30', 'dormant_60', 'dormant_90'].map((id) => states?.[id]),
        [3, 2, 1],
      );
      assert.equal(total(model, 'never_used'), 2);
      assert.equal(tile(model, 'never_used').note, '1 of them seen');
    });
  });

  it('follows accounts from registration to habit', async () => {
    person('Never', []);
    person('Seen', [], { last_active_at: '2026-03-01 09:00:00' });
    person('Tried', march(1, 2, 20), { created_at: '2026-02-27 09:00:00' });
    person('Activated', march(1, 2, 14), { created_at: '2026-02-01 09:00:00' });
    const habit = ['01', '08', '15', '22'].map((day) => `2026-02-${day}`);
    person('Habitual', ['2026-01-25', ...habit, ...march(1, 8, 15, 22, 29)], {
      created_at: '2026-01-25 09:00:00',
    });
    const model = await users();
    assert.deepEqual(
      rows(model, 'funnel').map((row) => [row['step'], row['accounts']]),
      [
        ['Registered', 5],
        ['Seen', 4],
        ['First turn', 3],
        ['Activated', 1],
        ['Habitual now', 1],
        ['Power now', 0],
      ],
    );
    // 2, 28 and 0 days.
    assert.equal(rows(model, 'first_turn')[0]?.['days_to_first_turn'], 2);
  });

  describe('tells growth', () => {
    it('of the last whole week against as many of each weekday, without the day of the sync', async () => {
      // 10 turns a day on the 28 days up to 23 March, 15 on the 7 up to the 30th; the 31st was not over.
      const ann = person('Ann', ['2026-01-01']);
      const chat = mirror.chat(ann);
      const days = [
        ...range(-4, 23).map((day) => [day, 10] as const),
        ...range(24, 30).map((day) => [day, 15] as const),
      ];
      for (const [day, count] of [...days, [31, 500] as const]) {
        for (let turn = 0; turn < count; turn++) {
          mirror.message(chat, at('2026-03-01 10:00') + (day - 1) * DAY + turn);
        }
      }
      const grown = rows(await users(), 'growth');
      assert.deepEqual(
        grown.map((row) => [row['measure'], row['mean'], row['base'], row['growth']]),
        [
          // A base of 7 a week is too small for a percentage.
          ['Active users', 1, 1, null],
          ['Turns', 15, 10, 0.5],
        ],
      );
    });

    it('without a base that the mirror does not know', async () => {
      person('Ann', march(10, 25));
      assert.ok(rows(await users(), 'growth').every(({ base }) => base === null));
    });
  });

  describe('tells which models answer whom', () => {
    it('by turns: a regeneration counts once, models side by side each', async () => {
      const ann = person('Ann');
      const chat = mirror.chat(ann);
      const asked = mirror.message(chat, at('2026-03-02 10:00'));
      for (const model of ['gpt-4o', 'gpt-4o', 'llama3']) {
        mirror.message(chat, at('2026-03-02 10:01'), { role: 'assistant', model, parent: asked });
      }
      assert.deepEqual(
        rows(await users(), 'user_models').map((row) => [
          row['model'],
          row['answered_turns'],
          row['generations'],
        ]),
        [
          ['gpt-4o', 1, 2],
          ['llama3', 1, 1],
        ],
      );
    });

    it('and keeps two people of one name apart', async () => {
      for (const email of ['one@example.test', 'two@example.test']) {
        const chat = mirror.chat(mirror.user(instance, 'Alex', { email }));
        const asked = mirror.message(chat, at('2026-03-20 10:00'));
        mirror.message(chat, at('2026-03-20 10:01'), { role: 'assistant', parent: asked });
      }
      const model = await users();
      assert.deepEqual(
        rows(model, 'user_models').map(({ label }) => label),
        ['Alex (one@example.test)', 'Alex (two@example.test)'],
      );
      assert.equal(rows(model, 'engagement').length, 2);
      assert.equal(total(model, 'new_users'), 2);
    });
  });

  for (const [zone, first, days] of [
    ['Asia/Kolkata', '2026-03-05', 6],
    ['America/New_York', '2026-03-06', 5],
    ['America/New_York', '2025-10-31', 5],
    ['UTC', '2026-03-06', 5],
  ] as const) {
    it(`gives every turn one day around the nights of ${zone} from ${first}`, async () => {
      mirror.dispose();
      mirror = await TestMirror.create(zone);
      instance = mirror.instance('fasgpt');
      const chat = mirror.chat(mirror.user(instance, 'Ann'));
      const start = at(`${first} 00:00`);
      for (let time = start - 2 * DAY; time < start + (days + 2) * DAY; time += 1800) {
        mirror.message(chat, time);
      }
      const iso = (day: number): string => new Date((start + day * DAY) * 1000).toISOString().slice(0, 10);
      const whole = await users({ period: { kind: 'days', from: iso(0), to: iso(days - 1) } });
      const ofDays: number[] = [];
      for (let day = 0; day < days; day++) {
        const model = await users({ period: { kind: 'days', from: iso(day), to: iso(day) } });
        ofDays.push(Number(rows(model, 'rolling')[0]?.['dau']));
      }
      assert.deepEqual(
        rows(whole, 'rolling').map(({ dau }) => dau),
        ofDays,
      );
      assert.deepEqual(
        ofDays,
        range(1, days).map(() => 1),
      );
    });
  }

  describe('reads days and people from an index alone', () => {
    const READ = new Set([
      'SEARCH m USING COVERING INDEX message_by_day (day<?)',
      'SEARCH m USING COVERING INDEX message_by_day (day>? AND day<?)',
    ]);
    /** What says with which models and means somebody works is in the rows alone. */
    const OF_ROWS = ['engagement', 'stages', 'user_models', 'most_used_models'];
    const OF_NO_MESSAGES = ['weights'];

    for (const [id, dataset] of Object.entries(definition.datasets)) {
      if ('sql' in dataset && ![...OF_ROWS, ...OF_NO_MESSAGES].includes(id)) {
        it(`for ${id}`, () => {
          for (const access of ['index', 'scan'] as const) {
            const steps = mirror.plan(expandSql(dataset.sql, { access, filter: {} }), {});
            const ofMessages = steps.filter((step) => /^(?:SEARCH|SCAN) m\b/u.test(step));
            assert.ok(ofMessages.length > 0 && ofMessages.every((step) => READ.has(step)), steps.join('\n'));
          }
        });
      }
    }
  });
});
