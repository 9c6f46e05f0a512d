import assert from 'node:assert/strict';
import { settingsAfter } from '../../../../src/extension/panels/followLink';
import { queryOfSettings, settingsOfQuery } from '../../../../src/extension/panels/reportLinks';
import { parseReportMessage } from '../../../../src/extension/panels/reportMessages';
import { ReportSession } from '../../../../src/extension/panels/reportSession';
import { overviewReport } from '../../../../src/reports/overview/overviewReport';
import type { ReadFrom } from '../../../../src/reports/reportRequest';
import type { ReportPart } from '../../../../src/reports/reportModel';
import {
  DEFAULT_SETTINGS,
  parseReportSettings,
  type ReportSettings,
} from '../../../../src/reports/reportSettings';
import { warehouseSource } from '../../../../src/reports/reportSource';
import type { ReportReader } from '../../../../src/store/resultSet';
import { SqlError } from '../../../../src/store/resultSet';
import { Later } from '../later';
import { TestMirror, at } from '../../reports/mirror';

const MARCH = { kind: 'days', from: '2026-03-01', to: '2026-03-31' } as const;
const OVERVIEW: ReportSettings = { ...DEFAULT_SETTINGS, reportId: overviewReport.id, period: MARCH };

describe('an open report', () => {
  let mirror: TestMirror;
  /** What the session told, in order. */
  let told: string[];
  let parts: ReportPart[];
  let errors: unknown[];

  function open(
    reader: ReportReader = mirror,
    settings = OVERVIEW,
    begin?: () => Promise<ReadFrom>,
  ): ReportSession {
    const session = new ReportSession(
      {
        readingOf: (source) => (source === settings.source ? { reader, begin } : { reader: mirror }),
        findReport: (id) => (id === overviewReport.id ? overviewReport : undefined),
        now: () => at('2026-03-31 13:00') * 1000,
        zone: () => 'UTC',
        locale: 'en',
        onState: () => {
          told.push(session.state.phase === 'ready' && session.state.isStale ? 'stale' : session.state.phase);
        },
        onPart: (part) => {
          parts.push(part);
          told.push(part.type);
        },
        onEnd: () => told.push('end'),
        onError: (error) => errors.push(error),
      },
      settings,
    );
    return session;
  }

  beforeEach(async () => {
    mirror = await TestMirror.create();
    told = [];
    parts = [];
    errors = [];
  });
  afterEach(() => mirror.dispose());

  it('loads, tells the frame, block by block and the end; a refresh keeps the report until then', async () => {
    const instance = mirror.instance('fasgpt');
    mirror.turn(mirror.chat(mirror.user(instance, 'Ann')), at('2026-03-02 10:00'));
    const session = open();
    await session.refresh();
    assert.deepEqual([told[0], told[1], told.at(-1)], ['loading', 'frame', 'end']);
    const blocks = parts.flatMap((part) => (part.type === 'block' ? [part.block.id] : []));
    const shown = session.model?.sections.flatMap((section) => section.blocks.map(({ id }) => id));
    assert.deepEqual(blocks, shown);
    told = [];
    await session.refresh();
    assert.deepEqual([told[0], told.at(-1)], ['stale', 'end']);
  });

  it('sends the rows of a dataset with the first block that shows it', async () => {
    const instance = mirror.instance('fasgpt');
    mirror.turn(mirror.chat(mirror.user(instance, 'Ann')), at('2026-03-02 10:00'));
    await open().refresh();
    const sent = parts.flatMap((part) => (part.type === 'block' ? Object.keys(part.datasets) : []));
    assert.equal(new Set(sent).size, sent.length);
    assert.ok(sent.includes('by_user') && sent.includes('by_bucket'));
  });

  describe('of a warehouse', () => {
    const OF_WAREHOUSE: ReportSettings = { ...OVERVIEW, source: warehouseSource('ANALYTICS') };
    const pushed = (pushedAt: number): ReadFrom => ({
      zone: 'UTC',
      warehouse: { name: 'ANALYTICS', pushedAt },
    });

    it('says which, and when its rows were pushed', async () => {
      const instance = mirror.instance('fasgpt');
      mirror.turn(mirror.chat(mirror.user(instance, 'Ann')), at('2026-03-02 10:00'));
      const pushedAt = at('2026-03-31 12:45');
      const session = open(mirror, OF_WAREHOUSE, () => Promise.resolve(pushed(pushedAt)));
      await session.refresh();
      assert.deepEqual(session.model?.warehouse, { name: 'ANALYTICS', pushedAt: '2026-03-31 12:45:00' });
    });

    it('has its days in the zone that they were pushed in, whatever the mirror has now', async () => {
      mirror.turn(mirror.chat(mirror.user(mirror.instance('fasgpt'), 'Ann')), at('2026-03-02 10:00'));
      const session = open(mirror, OF_WAREHOUSE, () =>
        Promise.resolve({ ...pushed(at('2026-03-31 12:45')), zone: 'Asia/Tokyo' }),
      );
      await session.refresh();
      assert.equal(session.model?.zone, 'Asia/Tokyo');
      assert.equal(session.model.warehouse?.pushedAt, '2026-03-31 21:45:00');
    });

    it('shows no number of the mirror while it is asked, nor when it cannot be reached', async () => {
      mirror.turn(mirror.chat(mirror.user(mirror.instance('fasgpt'), 'Ann')), at('2026-03-02 10:00'));
      const session = open(mirror, OF_WAREHOUSE, () => Promise.reject(new Error('ANALYTICS is away.')));
      await session.change(OVERVIEW);
      assert.equal(session.model?.settings.source, undefined);
      assert.equal(session.state.phase, 'ready');
      told = [];
      const changed = session.change(OF_WAREHOUSE);
      assert.deepEqual([session.model, session.state.phase, told], [undefined, 'loading', ['loading']]);
      await changed;
      assert.deepEqual([session.model, session.state.phase], [undefined, 'failed']);
    });

    it('is left for the mirror while it is still being reached, and says nothing any more', async () => {
      mirror.turn(mirror.chat(mirror.user(mirror.instance('fasgpt'), 'Ann')), at('2026-03-02 10:00'));
      const answer = new Later<ReadFrom>();
      const session = open(mirror, OF_WAREHOUSE, () => answer.promise);
      const first = session.refresh();
      await session.change(OVERVIEW);
      const before = [...told];
      answer.resolve(pushed(at('2026-03-31 12:45')));
      await first;
      assert.equal(session.model?.warehouse, undefined);
      assert.deepEqual(told, before);
      assert.equal(parts.filter(({ type }) => type === 'frame').length, 1);
    });

    it('fails where it cannot be reached, with a way to the mirror and none of its numbers', async () => {
      mirror.turn(mirror.chat(mirror.user(mirror.instance('fasgpt'), 'Ann')), at('2026-03-02 10:00'));
      const session = open(mirror, OF_WAREHOUSE, () => Promise.reject(new Error('ANALYTICS is away.')));
      await session.refresh();
      assert.deepEqual(session.state, {
        phase: 'failed',
        message: 'ANALYTICS is away.',
        isOfWarehouse: true,
      });
      assert.deepEqual(parts, []);
    });
  });

  it('goes on when one block cannot be read, and says why in its place', async () => {
    const instance = mirror.instance('fasgpt');
    mirror.turn(mirror.chat(mirror.user(instance, 'Ann')), at('2026-03-02 10:00'));
    const failing: ReportReader = {
      generation: () => mirror.generation(),
      query: (sql, parameters) =>
        sql.startsWith('-- Users by turns') || sql.includes('\n-- Users by turns')
          ? Promise.reject(new Error('too large'))
          : mirror.query(sql, parameters),
      dispose: () => undefined,
    };
    const session = open(failing);
    await session.refresh();
    const blocks = session.model?.sections.flatMap((section) => section.blocks) ?? [];
    assert.deepEqual(
      blocks.flatMap((block) => (block.type === 'failed' ? [[block.id, block.message]] : [])),
      [
        ['topUsers', 'Failed to read "Users" for the report: too large'],
        ['userTable', 'Failed to read "Users" for the report: too large'],
      ],
    );
    assert.ok(blocks.some(({ type }) => type === 'chart'));
    assert.equal(errors.length, 2);
  });

  it('tells no failure of a block that a newer wish has overtaken', async () => {
    mirror.turn(mirror.chat(mirror.user(mirror.instance('fasgpt'), 'Ann')), at('2026-03-02 10:00'));
    const broken = new Later<never>();
    let isBroken = true;
    const asked = new Later();
    const breaking: ReportReader = {
      generation: () => mirror.generation(),
      query: (sql, parameters) => {
        if (isBroken && sql.includes('-- Users by turns')) {
          asked.resolve(undefined);
          return broken.promise;
        }
        return mirror.query(sql, parameters);
      },
      dispose: () => undefined,
    };
    const session = open(breaking);
    const first = session.refresh();
    await asked.promise;
    isBroken = false;
    const second = session.refresh();
    broken.reject(new SqlError('The connection broke.'));
    await Promise.all([first, second]);
    assert.equal(session.state.phase, 'ready');
    assert.deepEqual(errors, []);
  });

  it('says when its report does not exist any more', async () => {
    mirror.instance('fasgpt');
    const session = open();
    await session.change({ ...OVERVIEW, reportId: 'gone' });
    assert.deepEqual(session.state, {
      phase: 'failed',
      message: 'There is no report "gone". Choose another one.',
    });
  });

  it('is empty before the first sync, without an error', async () => {
    mirror.generations = [0];
    const session = open();
    await session.refresh();
    assert.deepEqual(session.state, { phase: 'empty', message: 'No data yet. Run Sync to fill the report.' });
    assert.deepEqual(errors, []);
  });

  it('tells a failure in a sentence and to the log', async () => {
    const failing: ReportReader = {
      generation: () => Promise.reject(new Error('The reader stopped')),
      query: () => Promise.reject(new Error('The reader stopped')),
      dispose: () => undefined,
    };
    const session = open(failing);
    await session.refresh();
    assert.deepEqual(session.state, { phase: 'failed', message: 'The reader stopped' });
    assert.equal(errors.length, 1);
  });

  it('shows the last choice, and stops reading for an earlier one', async () => {
    const id = mirror.instance('fasgpt');
    const session = open();
    const first = session.change(OVERVIEW);
    const second = session.change({ ...OVERVIEW, scope: { kind: 'instance', instanceId: id } });
    await Promise.all([first, second]);
    assert.equal(session.model?.subtitle, 'fasgpt');
    assert.equal(told.filter((word) => word === 'end').length, 1);
    assert.deepEqual(errors, []);
  });
});

describe('messages of a report page', () => {
  it('are taken when they are what the protocol says', () => {
    const change = { type: 'change', settings: OVERVIEW };
    assert.deepEqual(parseReportMessage(change), change);
    const follow = { type: 'follow', link: { kind: 'user', userId: 3 } };
    assert.deepEqual(parseReportMessage(follow), follow);
  });

  for (const message of [
    undefined,
    'ready',
    { type: 'drop' },
    {
      type: 'change',
      settings: { ...OVERVIEW, scope: { kind: 'instance', instanceId: '1; DROP TABLE users' } },
    },
    { type: 'change', settings: { ...OVERVIEW, period: { kind: 'preset', preset: 'for ever' } } },
    { type: 'change', settings: { ...OVERVIEW, period: { kind: 'days', from: 'x', to: 'y' } } },
    { type: 'follow', link: { kind: 'file', path: '/etc/passwd' } },
  ]) {
    it(`are dropped: ${JSON.stringify(message)}`, () => {
      assert.equal(parseReportMessage(message), undefined);
    });
  }
});

describe('settings of a report', () => {
  it('that are kept without newer choices get the usual ones', () => {
    assert.deepEqual(parseReportSettings({ reportId: 'overview', period: MARCH }), OVERVIEW);
    assert.equal(parseReportSettings({ period: MARCH }), undefined);
  });

  it('travel in a link', () => {
    const settings: ReportSettings = {
      ...OVERVIEW,
      scope: { kind: 'instances', instanceIds: [1, 3] },
      filter: { users: [7], models: ['gpt & co', ''] },
      tables: { userTable: { sort: { field: 'turns', isDescending: true } } },
    };
    assert.deepEqual(settingsOfQuery(queryOfSettings(settings)), settings);
  });

  for (const query of [
    '',
    'settings=',
    'settings=%7B',
    'settings=%7B%22reportId%22%3A1%7D',
    `settings=${'1'.repeat(30_000)}`,
  ]) {
    it(`are not taken from a link that holds none: ${query.slice(0, 40)}`, () => {
      assert.equal(settingsOfQuery(query), undefined);
    });
  }

  it('follow a clicked name: the same report about it alone', () => {
    const about = settingsAfter({ kind: 'user', userId: 4 }, { ...OVERVIEW, filter: { models: ['m'] } });
    assert.deepEqual(about?.filter, { models: ['m'], users: [4] });
    assert.deepEqual(settingsAfter({ kind: 'instance', instanceId: 2 }, OVERVIEW)?.scope, {
      kind: 'instance',
      instanceId: 2,
    });
    assert.equal(settingsAfter({ kind: 'chat', chatId: 1 }, OVERVIEW), undefined);
  });
});
