import assert from 'node:assert/strict';
import { MONDAY, LAST_SYNC, changes, sentencesOf, textOf, uses, usesInWeek } from './changesMirror';
import { TestMirror, at } from './mirror';

describe('what changed', () => {
  let mirror: TestMirror;
  let fasgpt: number;

  beforeEach(async () => {
    mirror = await TestMirror.create();
    fasgpt = mirror.instance('fasgpt', { lastSync: LAST_SYNC });
  });
  afterEach(() => mirror.dispose());

  const chatOf = (name: string, instance = fasgpt): number => mirror.chat(mirror.user(instance, name));

  it('is by default last ISO week against the one before', async () => {
    usesInWeek(mirror, chatOf('Ann'), 1, 1);
    const { period } = await changes(mirror);
    assert.equal(period.days, '2026-07-27 to 2026-08-02');
    assert.equal(period.comparedWith, '2026-07-20 to 2026-07-26');
  });

  it('says so when nothing is unusual', async () => {
    const ann = chatOf('Ann');
    const ben = chatOf('Ben');
    for (let week = 0; week <= 8; week++) {
      usesInWeek(mirror, ann, week, 4);
      usesInWeek(mirror, ben, week, week % 2 === 0 ? 2 : 3);
    }
    assert.deepEqual(textOf(await changes(mirror)), [
      'Nothing unusual: 30 turns by 2 users, 30 generations.',
      '  Before: 35 turns by 2 users, 35 generations.',
    ]);
  });

  it('says so when nobody used it', async () => {
    usesInWeek(mirror, chatOf('Ann'), 1, 1);
    assert.deepEqual(textOf(await changes(mirror)), [
      'Nobody used it: no turn and no generation.',
      '  Before: 5 turns by 1 user, 5 generations.',
    ]);
  });

  describe('after a week with holidays', () => {
    let resgpt: number;
    let cid: number;

    // 10 + 10 + 4 turns each workday for nine weeks; on Monday to Wednesday of the tenth, fasgpt is empty.
    beforeEach(() => {
      resgpt = mirror.instance('resgpt', { lastSync: LAST_SYNC });
      const ann = chatOf('Ann');
      const ben = chatOf('Ben');
      cid = mirror.user(resgpt, 'Cid');
      const chat = mirror.chat(cid);
      for (let week = 0; week <= 9; week++) {
        usesInWeek(mirror, chat, week, 4, { model: 'llama3' });
      }
      for (const other of [ann, ben]) {
        for (let week = 1; week <= 9; week++) {
          usesInWeek(mirror, other, week, 10);
        }
        uses(mirror, other, MONDAY + 3, 10);
        uses(mirror, other, MONDAY + 4, 10);
      }
    });

    it('tells the fall with its causes, the days and what is usual', async () => {
      assert.deepEqual(textOf(await changes(mirror)), [
        'Turns fell by 50% to 60, from 120.',
        '  Causes: instance fasgpt -60 (100% of the change), user Ann -30 (50%), user Ben -30 (50%).',
        '  Unusual days: Mon, Jul 27, 2026 (4, usually 24), Tue, Jul 28, 2026 (4, usually 24) and Wed, Jul 29, 2026 (4, usually 24).',
        '  Usual: 120 (median of the 8 weeks before).',
        'Model gpt-4o fell by 60% to 40, from 100 generations: its share fell by 16.7 points.',
      ]);
    });

    it('tells each instance apart', async () => {
      const model = await changes(mirror);
      assert.deepEqual(
        model.sections.map(({ title }) => title),
        ['What changed', 'fasgpt', 'resgpt'],
      );
      assert.deepEqual(textOf(model, `instance-${fasgpt}`), [
        'Turns fell by 60% to 40, from 100.',
        '  Causes: user Ann -30 (50% of the change), user Ben -30 (50%).',
        '  Unusual days: Mon, Jul 27, 2026 (0, usually 20), Tue, Jul 28, 2026 (0, usually 20) and Wed, Jul 29, 2026 (0, usually 20).',
        '  Usual: 100 (median of the 8 weeks before).',
      ]);
      assert.deepEqual(textOf(model, `instance-${resgpt}`), [
        'Nothing unusual: 20 turns by 1 user, 20 generations.',
        '  Before: 20 turns by 1 user, 20 generations.',
      ]);
    });

    it('has one section for one instance', async () => {
      const model = await changes(mirror, { scope: { kind: 'instance', instanceId: resgpt } });
      assert.deepEqual(
        model.sections.map(({ id }) => id),
        ['all'],
      );
      assert.match(textOf(model)[0] ?? '', /^Nothing unusual: 20 turns/u);
    });

    it('obeys the filters', async () => {
      const model = await changes(mirror, { filter: { users: [cid] } });
      assert.deepEqual(textOf(model), [
        'Nothing unusual: 20 turns by 1 user, 20 generations.',
        '  Before: 20 turns by 1 user, 20 generations.',
      ]);
    });

    it('marks what is unusual and leads to the report about it', async () => {
      const [turns, model] = sentencesOf(await changes(mirror));
      assert.equal(turns?.tone, 'notable');
      assert.deepEqual(turns.link, { kind: 'report', reportId: 'overview' });
      assert.deepEqual(model?.link, { kind: 'model', modelId: 'gpt-4o' });
    });
  });

  it('gives no percentage of a tiny base', async () => {
    const ann = chatOf('Ann');
    uses(mirror, ann, MONDAY - 7, 4);
    uses(mirror, ann, MONDAY, 30);
    assert.deepEqual(textOf(await changes(mirror)), ['Turns rose from 4 to 30.']);
  });

  it('tells a single unusual day of a usual week', async () => {
    const ann = chatOf('Ann');
    for (let week = 1; week <= 8; week++) {
      usesInWeek(mirror, ann, week, 30);
    }
    for (const [weekday, turns] of [30, 30, 55, 25, 20].entries()) {
      uses(mirror, ann, MONDAY + weekday, turns);
    }
    // 160 turns instead of 150, and a Friday of 20: both below the floor of twenty.
    assert.deepEqual(textOf(await changes(mirror)), [
      'Wed, Jul 29, 2026 had 55 turns; such days usually have 30.',
    ]);
  });

  it('tells who stopped and who came', async () => {
    for (let user = 0; user < 12; user++) {
      const chat = chatOf(`User ${user}`);
      usesInWeek(mirror, chat, 1, 1);
      if (user < 5) {
        usesInWeek(mirror, chat, 0, 1);
      }
    }
    usesInWeek(mirror, chatOf('Newcomer'), 0, 1);
    assert.deepEqual(textOf(await changes(mirror)), [
      'Active users fell by 50% to 6, from 12.',
      '  1 user came or came back, 7 stopped.',
      'Turns fell by 50% to 30, from 60.',
      '  Causes: user User 5 -5 (16.7% of the change), user User 6 -5 (16.7%), user User 7 -5 (16.7%).',
    ]);
  });

  it('tells a change of generations only where it is more than that of the turns', async () => {
    const ann = chatOf('Ann');
    usesInWeek(mirror, ann, 1, 10);
    usesInWeek(mirror, ann, 0, 10);
    for (let minute = 0; minute < 25; minute++) {
      mirror.message(ann, at('2026-07-28 12:00') + 60 * minute, { role: 'assistant' });
    }
    assert.deepEqual(textOf(await changes(mirror)), ['Generations rose by 50% to 75, from 50.']);
  });

  describe('about models', () => {
    it('tells a first day, who leads now, and a removal', async () => {
      const ann = chatOf('Ann');
      const ben = chatOf('Ben');
      usesInWeek(mirror, ann, 1, 20, { model: 'gpt-4o' });
      usesInWeek(mirror, ben, 1, 10, { model: 'llama3' });
      usesInWeek(mirror, ann, 0, 8, { model: 'gpt-4o' });
      usesInWeek(mirror, ben, 0, 10, { model: 'llama3' });
      uses(mirror, ann, MONDAY + 2, 30, { model: 'claude-3' });
      uses(mirror, ben, MONDAY + 2, 30, { model: 'claude-3' });
      const gone = mirror.model(fasgpt, 'gpt-4o');
      mirror.run("UPDATE models SET is_deleted = 1, sync_datetime = '2026-07-31 06:00:00' WHERE id = ?", [
        gone,
      ]);
      assert.deepEqual(textOf(await changes(mirror)), [
        'Model gpt-4o is no longer offered by fasgpt: 40 generations, 100 before.',
        'Model claude-3 was used for the first time on Jul 29, 2026: 60 generations by 2 users, 40% of all.',
        '  It is now the most used model, before gpt-4o.',
      ]);
    });

    it('tells an overtaking without a large move', async () => {
      const ann = chatOf('Ann');
      usesInWeek(mirror, ann, 1, 11, { model: 'a' });
      usesInWeek(mirror, ann, 1, 9, { model: 'b' });
      usesInWeek(mirror, ann, 0, 8, { model: 'a' });
      usesInWeek(mirror, ann, 0, 12, { model: 'b' });
      // 15 generations fewer and more of 100: below the floor of twenty, but the lead changed by twenty.
      assert.deepEqual(textOf(await changes(mirror)), ['Model b overtook a: 60 against 40 generations.']);
    });
  });

  it('tells errors and thumbs with the models behind them, where chance does not explain them', async () => {
    const ann = chatOf('Ann');
    usesInWeek(mirror, ann, 1, 20, { rating: 1 });
    usesInWeek(mirror, ann, 0, 16, { rating: 1 });
    usesInWeek(mirror, ann, 0, 3, { rating: -1 });
    usesInWeek(mirror, ann, 0, 1, { model: 'llama3', isError: true });
    const model = await changes(mirror);
    assert.deepEqual(textOf(model), [
      'Thumbs-up share fell by 15.8 points to 84.2%, from 100% (80 of 95 ratings).',
      '  More thumbs down: model gpt-4o +15 (100% of the change).',
      'Error rate rose by 5 points to 5%, from 0% (5 of 100 generations).',
      '  More errors: model llama3 +5 (100% of the change).',
      'Model llama3 was used for the first time on Jul 27, 2026: 5 generations by 1 user, 5% of all.',
    ]);
    assert.deepEqual(
      sentencesOf(model).map(({ tone }) => tone),
      ['notable', 'alert', 'plain'],
    );
  });

  describe('about cost', () => {
    // gpt-4o costs 10 EUR and gpt-5 10 USD for a million input tokens.
    beforeEach(() => {
      const ann = chatOf('Ann');
      const ben = chatOf('Ben');
      mirror.price('gpt-4o', { input: 10, currency: 'EUR' });
      mirror.price('gpt-5', { input: 10, currency: 'USD' });
      for (let week = 0; week <= 8; week++) {
        usesInWeek(mirror, ann, week, 1, { input: week === 0 ? 300_000 : 200_000, output: 0 });
        usesInWeek(mirror, ben, week, 1, { input: 100_000, output: 0 });
        usesInWeek(mirror, ben, week, 1, { input: 100_000, output: 0, model: 'gpt-5' });
      }
      // Without usage: its cost is unknown.
      usesInWeek(mirror, ben, 0, 1);
    });

    it('tells each currency apart, with coverage, causes and the forecast of the month', async () => {
      // EUR: 5 x (0.3 + 0.1) x 10 = 20, before 5 x (0.2 + 0.1) x 10 = 15. 15 of 20 generations are priced.
      // August has 21 workdays to come; the median of the last four Mondays (4, 3, 3, 3) and so on is 3: 63.
      const texts = textOf(await changes(mirror)).filter((text) => /Cost|EUR|USD/u.test(text));
      assert.deepEqual(texts, [
        'Cost rose by 33.3% to 20.00 EUR, from 15.00 EUR.',
        '  Causes: user Ann +5.00 EUR (100% of the change).',
        '  Cost is known for 75% of generations; 100% before.',
        '  Forecast for Aug 2026: 63.00 EUR, 0.00 EUR of it so far.',
        '  Usual: 15.00 EUR (median of the 8 weeks before).',
        'Cost: 5.00 USD, 5.00 USD before.',
        '  Cost is known for 75% of generations; 100% before.',
        '  Forecast for Aug 2026: 21.00 USD, 0.00 USD of it so far.',
      ]);
    });

    it('warns of a budget that will not last', async () => {
      mirror.budget(60, undefined, 'EUR');
      mirror.budget(60, undefined, 'USD');
      const [first] = sentencesOf(await changes(mirror));
      assert.equal(first?.text, 'The forecast for Aug 2026 is 63.00 EUR: 105% of the budget of 60.00 EUR.');
      assert.equal(first.tone, 'alert');
      assert.deepEqual(first.link, { kind: 'report', reportId: 'cost' });
    });

    it('measures one instance by its own budget', async () => {
      mirror.instance('resgpt', { lastSync: LAST_SYNC });
      mirror.budget(60, fasgpt, 'EUR');
      const text = 'The forecast for Aug 2026 is 63.00 EUR: 105% of the budget of 60.00 EUR.';
      const all = await changes(mirror);
      assert.notEqual(sentencesOf(all)[0]?.text, text);
      assert.equal(sentencesOf(all, `instance-${fasgpt}`)[0]?.text, text);
      const one = await changes(mirror, { scope: { kind: 'instance', instanceId: fasgpt } });
      assert.equal(sentencesOf(one)[0]?.text, text);
    });

    it('leaves the budget of everybody out where a filter is set', async () => {
      mirror.budget(60, undefined, 'EUR');
      const texts = textOf(await changes(mirror, { filter: { models: ['gpt-4o'] } }));
      assert.equal(
        texts.some((text) => text.includes('budget')),
        false,
      );
    });
  });

  it('tells new, gone and idle accounts in one sentence', async () => {
    for (let user = 0; user < 12; user++) {
      const chat = chatOf(`User ${user}`);
      // The last four fell silent: their last turn of Monday, 29 June became 28 days old on Monday, 27 July.
      for (const week of user < 8 ? [0, 1] : [4]) {
        usesInWeek(mirror, chat, week, 1);
      }
    }
    for (const name of ['Dan', 'Eve', 'Fay', 'Gus', 'Hal']) {
      mirror.run("UPDATE users SET created_at = '2026-07-28 10:00:00' WHERE id = ?", [
        mirror.user(fasgpt, name),
      ]);
    }
    mirror.run("UPDATE users SET sync_datetime = '2026-07-29 06:00:00' WHERE id = ?", [
      mirror.user(fasgpt, 'Zoe', { isDeleted: true }),
    ]);
    assert.deepEqual(textOf(await changes(mirror)), [
      'Accounts: 5 new, 1 gone and 4 idle (no turn for 28 days now).',
      '  New: Dan, Eve, Fay and 2 more.',
      '  Gone: Zoe.',
      '  Idle: User 8, User 9, User 10 and 1 more.',
    ]);
  });

  describe('about the data', () => {
    let runs = 0;

    function sync(text: string, status: string): void {
      const start = at(text);
      mirror.row('sync_runs', {
        run_id: `run-${++runs}`,
        instance_id: fasgpt,
        kind: 'incremental',
        trigger: 'schedule',
        status,
        started_at: mirror.text(start),
        started_at_epoch: start,
        finished_at: mirror.text(start + 60),
        finished_at_epoch: start + 60,
      });
    }

    it('tells what makes the numbers worse than they look', async () => {
      const ann = chatOf('Ann');
      usesInWeek(mirror, ann, 1, 10, { input: 10, output: 10 });
      usesInWeek(mirror, ann, 0, 8, { input: 10, output: 10 });
      usesInWeek(mirror, ann, 0, 2, { model: 'llama3' });
      for (let day = 10; day <= 27; day++) {
        sync(`2026-07-${day} 01:00`, 'ok');
      }
      sync('2026-07-29 01:00', 'failed');
      for (const day of ['2026-07-31', '2026-08-01', '2026-08-02']) {
        sync(`${day} 01:00`, 'ok');
      }
      const seen = { first_seen_at: '2026-07-30 06:00:00', first_seen_at_epoch: at('2026-07-30 06:00') };
      mirror.put('quarantine', {
        instance_id: fasgpt,
        stream: 'chats',
        remote_id: 'chat',
        reason: 'unreadable',
        ...seen,
        last_seen_at: seen.first_seen_at,
        last_seen_at_epoch: seen.first_seen_at_epoch,
      });
      for (const remoteId of ['one', 'two']) {
        mirror.put('held_deletions', {
          instance_id: fasgpt,
          stream: 'chats',
          remote_id: remoteId,
          reason: 'many',
          since_at: '2026-07-30 06:00:00',
          since_at_epoch: at('2026-07-30 06:00'),
        });
      }
      assert.deepEqual(textOf(await changes(mirror)), [
        'fasgpt was not synced for 96 hours, from 2026-07-27 01:01 to 2026-07-31 01:01.',
        '  Chats that were made and deleted in between are unknown.',
        '2 deletions of fasgpt wait for your review.',
        '  Run Review Deletions.',
        '1 of 5 syncs of fasgpt failed.',
        'Model llama3 was used for the first time on Jul 27, 2026: 10 generations by 1 user, 20% of all.',
        'Token counts reach 80% of generations, 100% before: sums of tokens and costs are too low.',
        '  Causes: model llama3 +10 (100% of the change).',
        '1 object of fasgpt could not be read.',
      ]);
    });

    it('takes a pause for granted where syncs are that rare', async () => {
      usesInWeek(mirror, chatOf('Ann'), 1, 1);
      usesInWeek(mirror, chatOf('Ben'), 0, 1);
      for (const day of ['2026-07-06', '2026-07-13', '2026-07-20', '2026-07-27', '2026-08-03']) {
        sync(`${day} 06:00`, 'ok');
      }
      const texts = textOf(await changes(mirror));
      assert.equal(
        texts.some((text) => text.includes('not synced')),
        false,
      );
    });
  });

  describe('of days that were not synced', () => {
    it('says first that they are unknown, and compares the others', async () => {
      const resgpt = mirror.instance('resgpt', { lastSync: at('2026-07-30 09:12') });
      mirror.instance('newgpt', { lastSync: null });
      const ann = chatOf('Ann');
      const cid = chatOf('Cid', resgpt);
      for (let week = 0; week <= 8; week++) {
        usesInWeek(mirror, ann, week, 10);
      }
      for (let week = 1; week <= 8; week++) {
        usesInWeek(mirror, cid, week, 10);
      }
      // Monday to Wednesday as always; Thursday was not over at the last sync.
      for (const [weekday, turns] of [10, 10, 10, 2].entries()) {
        uses(mirror, cid, MONDAY + weekday, turns);
      }
      const model = await changes(mirror);
      assert.deepEqual(textOf(model), [
        'newgpt has not been synced completely yet and is left out.',
        'Not synced to the end: resgpt is known up to Jul 29, 2026.',
        '  Later days are unknown, not empty; the same weekdays before are compared.',
        '  resgpt: last sync 2026-07-30 09:12.',
        'Nothing unusual: 80 turns by 2 users, 80 generations.',
        '  Before: 80 turns by 2 users, 80 generations.',
      ]);
      assert.equal(sentencesOf(model)[1]?.tone, 'alert');
    });

    it('says that nothing is known of a week after the last sync', async () => {
      mirror.run("UPDATE instances SET last_sync = '2026-07-20 09:12:00'");
      usesInWeek(mirror, chatOf('Ann'), 2, 10);
      assert.deepEqual(textOf(await changes(mirror)), [
        'Nothing of this period is known of fasgpt yet. Run Sync.',
        '  fasgpt: last sync 2026-07-20 09:12.',
      ]);
    });

    it('calls a running week not over', async () => {
      mirror.run("UPDATE instances SET last_sync = '2026-07-30 09:12:00'");
      const ann = chatOf('Ann');
      usesInWeek(mirror, ann, 1, 10);
      for (const weekday of [0, 1, 2]) {
        uses(mirror, ann, MONDAY + weekday, 10);
      }
      const model = await changes(mirror, {
        period: { kind: 'preset', preset: 'thisWeek' },
        now: at('2026-07-30 10:00'),
      });
      assert.deepEqual(textOf(model), [
        'This period is not over: it is known up to Jul 29, 2026.',
        'Nothing unusual: 30 turns by 1 user, 30 generations.',
        '  Before: 30 turns by 1 user, 30 generations.',
      ]);
    });

    it('gives the numbers alone where nothing is known of the week before', async () => {
      uses(mirror, chatOf('Ann'), MONDAY, 30);
      assert.deepEqual(textOf(await changes(mirror)), [
        'There is nothing to compare with: the first message is of Jul 27, 2026.',
        '30 turns by 1 user, 30 generations.',
      ]);
    });
  });

  it('finds the messages of its days by an index', async () => {
    usesInWeek(mirror, chatOf('Ann'), 1, 1);
    const { queries } = await changes(mirror);
    const steps = queries.flatMap(({ sql }) => mirror.plan(sql, {}));
    assert.deepEqual(
      steps.filter((step) => /^SCAN m\b|^SEARCH m .*AUTOMATIC/u.test(step)),
      [],
    );
  });

  it('tells at most seven things, and names what is left out', async () => {
    const ann = chatOf('Ann');
    usesInWeek(mirror, ann, 1, 10, { rating: 1, input: 1000, output: 1000 });
    // Eight models on their first day, five, ten, ... generations each.
    for (let model = 1; model <= 8; model++) {
      usesInWeek(mirror, ann, 0, model, { model: `model-${model}`, input: 1000, output: 1000 });
    }
    const texts = sentencesOf(await changes(mirror)).map(({ text }) => text);
    assert.equal(texts.length, 7);
    assert.equal(
      texts.at(-1),
      '5 smaller changes are left out: model model-5, model model-4, model model-3, model model-2 and model model-1.',
    );
  });
});
