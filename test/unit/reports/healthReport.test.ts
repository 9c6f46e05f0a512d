import assert from 'node:assert/strict';
import { healthReport } from '../../../src/reports/health/healthReport';
import type { ReportModel, ReportRow } from '../../../src/reports/reportModel';
import type { Value } from '../../../src/store/sqlite/sqlite';
import { CostScopeMirror } from './costMirror';
import { TestMirror, at } from './mirror';
import { type Asked, column, report, rows, tile } from './reading';

describe('The sync health report', () => {
  let mirror: TestMirror;
  let instance: number;

  beforeEach(async () => {
    mirror = await TestMirror.create();
    instance = mirror.instance('fasgpt');
  });
  afterEach(() => mirror.dispose());

  const read = (asked: Asked = {}): Promise<ReportModel> =>
    report(mirror, { definition: healthReport, ...asked });

  /** A sync that began at `time`. */
  function run(time: string, values: Readonly<Record<string, Value>> = {}): number {
    return mirror.row('sync_runs', {
      run_id: `run-${time}`,
      instance_id: instance,
      kind: 'incremental',
      trigger: 'schedule',
      status: 'ok',
      started_at: mirror.text(at(time)),
      started_at_epoch: at(time),
      ...values,
    });
  }

  function state(stream: string, values: Readonly<Record<string, Value>> = {}): void {
    mirror.put('sync_state', {
      instance_id: instance,
      scope: '',
      stream,
      last_complete_at: '2026-03-31 07:00:00',
      last_complete_at_epoch: at('2026-03-31 07:00'),
      ...values,
    });
  }

  function finding(model: ReportModel, issue: string): ReportRow {
    const found = rows(model, 'findings').find((row) => row['issue'] === issue);
    assert.ok(found !== undefined, issue);
    return found;
  }

  function sentences(model: ReportModel): string[] {
    return model.sections.flatMap(({ blocks }) =>
      blocks.flatMap((block) => (block.type === 'text' ? block.sentences.map(({ text }) => text) : [])),
    );
  }

  it('is there before the first message, and says when nothing needs attention', async () => {
    run('2026-03-31 12:00');
    const model = await read();
    assert.equal(model.isEmpty, false);
    assert.deepEqual(sentences(model), ['Nothing needs attention.']);
    assert.ok(
      rows(model, 'findings').every((row) => row['finding_count'] === 0 && row['fix'] === 'Nothing to do.'),
    );
  });

  describe('of bills', () => {
    it('finds resources that are not mapped, bills that are old, and rows that differ from the total', async () => {
      const scope = new CostScopeMirror(mirror);
      const other = new CostScopeMirror(mirror, 'subscriptions/two');
      mirror.run(
        "UPDATE cost_scopes SET last_sync = '2026-03-29 12:00:00', last_sync_epoch = ? WHERE id = ?",
        [at('2026-03-29 12:00'), other.id],
      );
      scope.total('2026-03', 10);
      scope.total('2026-02', 4);
      scope.charge(10, { shares: [{ kind: 'unmapped', cost: 10, reason: 'unmappedResource' }] });
      scope.charge(3, { date: '2026-02-03', shares: [{ cost: 3, instance, model: 'm' }] });
      const model = await read();
      const found = (issue: string): unknown[] => {
        const row = finding(model, issue);
        return [row['finding_count'], row['finding_share'], row['since']];
      };
      assert.deepEqual(found('Billed resources that are not mapped'), [1, null, '2026-03-10']);
      assert.deepEqual(found('Bills that were not read for two days'), [1, 0.5, '2026-03-29']);
      assert.deepEqual(found('Months whose rows differ from the bill'), [1, null, '2026-02-01']);
      assert.deepEqual(sentences(model), [
        'Costs of Azure were last read 2026-03-29 12:00:00. Run Sync Azure Cost.',
        'Rows of a bill do not add up to its total. Run Sync Azure Cost to read it again.',
        'Billed resources that serve no instance yet: 1. Run Map Azure Resources...',
      ]);
    });

    it('finds nothing where they are fresh and whole', async () => {
      const scope = new CostScopeMirror(mirror);
      scope.total('2026-03', 10);
      scope.charge(10, { shares: [{ cost: 10, instance, model: 'm' }] });
      assert.deepEqual(sentences(await read()), ['Nothing needs attention.']);
    });
  });

  describe('of syncs', () => {
    it('adds up calls beside what was expected, and changed rows', async () => {
      run('2026-03-30 10:00', { requests: 10, expected_requests: 8, inserted: 3, updated: 2, deleted: 1 });
      run('2026-03-31 10:00', { requests: 20, status: 'failed', restored: 1 });
      run('2026-02-10 10:00', { requests: 99 });
      const model = await read();
      assert.deepEqual(
        ['sync_runs', 'calls', 'changed_rows'].map((id) => tile(model, id).value),
        ['2', '30', '7'],
      );
      assert.equal(tile(model, 'sync_runs').note, '1 of them failed');
      assert.equal(tile(model, 'calls').note, '8 expected');
      const step = rows(model, 'runs_by_bucket').find(({ bucket }) => bucket === '2026-03-30');
      assert.deepEqual([step?.['calls_per_run'], step?.['expected_calls_per_run']], [10, 8]);
    });

    it('has no calls for each on a day without a sync', async () => {
      run('2026-03-29 10:00', { requests: 10 });
      const step = rows(await read(), 'runs_by_bucket').find(({ bucket }) => bucket === '2026-03-30');
      assert.deepEqual([step?.['sync_runs'], step?.['calls_per_run']], [0, null]);
    });

    it('tells what became of them by day', async () => {
      run('2026-03-30 10:00');
      run('2026-03-30 11:00', { status: 'partial' });
      run('2026-03-30 12:00', { status: 'failed' });
      run('2026-03-30 13:00', { status: 'failed' });
      assert.deepEqual(
        rows(await read(), 'runs_by_status').map(({ series, sync_runs }) => [series, sync_runs]),
        [
          ['done', 1],
          ['done in part', 1],
          ['failed', 2],
        ],
      );
    });

    it('counts runs that failed after the last sync to a period that reaches it', async () => {
      run('2026-04-02 10:00', { status: 'failed', error_code: 'dns', error: 'The name is not known.' });
      const asked: Asked = {
        now: at('2026-04-03 08:00'),
        period: { kind: 'days', from: '2026-03-01', to: '2026-04-03' },
      };
      const model = await read(asked);
      assert.equal(tile(model, 'sync_runs').value, '1');
      assert.deepEqual(column(model, 'failures', 'Message'), ['The name is not known.']);
    });

    it('groups failures by reason, with the newest message', async () => {
      run('2026-03-28 10:00', { status: 'failed', error_code: 'timeout', error: 'old' });
      run('2026-03-29 10:00', { status: 'failed', error_code: 'timeout', error: 'new' });
      const partial = run('2026-03-30 10:00', { status: 'partial' });
      mirror.put('sync_run_streams', {
        sync_run_id: partial,
        stream: 'knowledge_bases',
        status: 'failed',
        error_code: 'forbidden',
        error: 'not allowed',
      });
      assert.deepEqual(
        rows(await read(), 'failures').map((row) => [
          row['stream'],
          row['error_code'],
          row['failures'],
          row['message'],
        ]),
        [
          ['knowledge bases', 'forbidden', 1, 'not allowed'],
          ['whole run', 'timeout', 2, 'new'],
        ],
      );
    });
  });

  describe('of gaps', () => {
    it('are whole days without a sync that was done; today is none yet', async () => {
      run('2026-03-25 10:00');
      run('2026-03-27 10:00', { status: 'failed' });
      run('2026-03-28 10:00', { status: 'partial' });
      const model = await read();
      assert.deepEqual(
        rows(model, 'gaps').map((row) => [row['first_day'], row['last_day'], row['gap_days']]),
        [
          ['2026-03-29', '2026-03-30', 2],
          ['2026-03-26', '2026-03-27', 2],
        ],
      );
      assert.equal(tile(model, 'gap_days').value, '4');
      assert.equal(finding(model, 'Days without a sync')['since'], '2026-03-26');
    });

    it('are none before the first sync that is remembered', async () => {
      run('2026-03-31 10:00');
      assert.deepEqual(rows(await read(), 'gaps'), []);
    });
  });

  describe('of freshness', () => {
    it('tells how old each kind of data is, what is refused since when, and what helps', async () => {
      state('users');
      state('chats', { problem_code: 'chatAccessOff', problem_since: '2026-03-20 10:00:00' });
      const model = await read();
      assert.deepEqual(
        rows(model, 'streams').map((row) => [row['stream'], row['hours_since_sync'], row['standing']]),
        [
          ['Chats', 6, 'No administrator may read chats.'],
          ['Users', 6, 'read'],
        ],
      );
      assert.equal(tile(model, 'refused_streams').value, '1');
      assert.deepEqual(sentences(model), [
        'fasgpt: chats cannot be read since 2026-03-20. No administrator may read chats.',
      ]);
      assert.match(column(model, 'streams', 'What helps')[0] ?? '', /ENABLE_ADMIN_CHAT_ACCESS/u);
    });

    it('says a code that is not known as it is, with a next step', async () => {
      state('files', { problem_code: 'somethingNew', problem_since: '2026-03-20 10:00:00' });
      const [row] = rows(await read(), 'streams');
      assert.deepEqual(
        [row?.['standing'], row?.['fix']],
        ['somethingNew', 'Run Sync; when it stays, see Show Log.'],
      );
    });

    it('alerts when an instance was never synced, is late, or failed', async () => {
      mirror.instance('never', { lastSync: null });
      const failing = mirror.instance('failing');
      mirror.run('UPDATE instances SET failures = 2 WHERE id = ?', [failing]);
      mirror.instance('late', { lastSync: at('2026-03-27 12:00') });
      assert.deepEqual(sentences(await read()), [
        'failing: the last 2 syncs failed.',
        'late was last synced 4 days ago (2026-03-27 12:00:00). Run Sync, and Start Timer... to keep it fresh.',
        'never was never synced to the end. Run Sync.',
      ]);
    });

    it('leaves removed instances out', async () => {
      mirror.instance('gone', { isDeleted: true, lastSync: at('2026-01-01 10:00') });
      const model = await read();
      assert.deepEqual(column(model, 'instances', 'Instance'), ['fasgpt']);
      assert.deepEqual(sentences(model), ['Nothing needs attention.']);
    });
  });

  describe('of data quality', () => {
    it('counts messages without a usable time and of copied chats, with share and first day', async () => {
      const chat = mirror.chat(mirror.user(instance, 'Ann'));
      mirror.message(chat, at('2026-03-02 10:00'), { source: 'chat' });
      mirror.message(chat, at('2026-03-03 10:00'), { source: 'ancestor' });
      mirror.message(chat, at('2026-03-04 10:00'), { isCopy: true });
      mirror.message(chat, at('2026-03-05 10:00'));
      const model = await read();
      const undated = finding(model, 'Messages without a usable time');
      assert.deepEqual(
        [undated['finding_count'], undated['finding_share'], undated['since']],
        [2, 0.5, '2026-03-02'],
      );
      const copied = finding(model, 'Messages of copied chats');
      assert.deepEqual(
        [copied['finding_count'], copied['finding_share'], copied['since']],
        [1, 0.25, '2026-03-04'],
      );
    });

    it('names models by coverage, place in the list and price, with the fix', async () => {
      const chat = mirror.chat(mirror.user(instance, 'Ann'));
      mirror.row('models', { instance_id: instance, model_id: 'listed', source: 'provider', row_hash: '' });
      mirror.price('listed', { input: 1, output: 1 });
      mirror.turn(chat, at('2026-03-02 10:00'), { model: 'listed', input: 1, output: 1 });
      mirror.turn(chat, at('2026-03-03 10:00'), { model: 'stray' });
      mirror.turn(chat, at('2026-03-04 10:00'), { model: null });
      const model = await read();
      assert.deepEqual(
        rows(model, 'coverage').map((row) => [
          row['model'],
          row['usage_coverage'],
          row['standing'],
          row['price'],
        ]),
        [
          ['Unknown model', 0, 'no model is named', 'no price'],
          ['stray', 0, 'not in the list', 'no price'],
          ['listed', 1, 'listed', 'priced'],
        ],
      );
      assert.match(String(rows(model, 'coverage')[1]?.['fix']), /capability Usage/u);
      for (const [issue, count, share] of [
        ['Models without a price', 1, 0.5],
        ['Models that are not in the list', 1, 0.5],
        ['Generations without a model', 1, 1 / 3],
        ['Generations without usage', 2, 2 / 3],
      ] as const) {
        const found = finding(model, issue);
        assert.deepEqual([found['finding_count'], found['finding_share']], [count, share], issue);
      }
      assert.ok(
        sentences(model).some((text) => text.startsWith('Tokens are known for 33.3% of the generations')),
      );
    });

    it('lists what could not be read and what waits for a person', async () => {
      const chat = mirror.chat(mirror.user(instance, 'Ann'));
      mirror.run(`UPDATE chats SET title = 'Plans', remote_id = 'c1' WHERE id = ?`, [chat]);
      for (const id of ['c1', 'c2']) {
        mirror.put('quarantine', {
          instance_id: instance,
          stream: 'chats',
          remote_id: id,
          reason: 'bad JSON',
          tries: 2,
          first_seen_at: '2026-03-10 10:00:00',
          first_seen_at_epoch: at('2026-03-10 10:00'),
          last_seen_at: '2026-03-20 10:00:00',
          last_seen_at_epoch: at('2026-03-20 10:00'),
        });
        mirror.put('held_deletions', {
          instance_id: instance,
          stream: 'chats',
          remote_id: id,
          reason: 'emptied',
          since_at: '2026-03-11 10:00:00',
          since_at_epoch: at('2026-03-11 10:00'),
        });
      }
      const model = await read();
      assert.deepEqual(column(model, 'unreadable', 'Which'), ['Plans', 'c2']);
      assert.deepEqual(
        rows(model, 'held').map((row) => [row['reason'], row['waiting_deletions']]),
        [['a list came back empty', 2]],
      );
      assert.equal(finding(model, 'Unreadable chats and other objects')['since'], '2026-03-10');
      assert.ok(sentences(model).includes('Deletions held back: 2. Run Review Deletions...'));
    });

    it('counts users without a name, erased people, chats of unknown sources and stray ratings', async () => {
      const ann = mirror.user(instance, 'Ann');
      mirror.user(instance, '');
      mirror.chat(ann, { hasSources: false });
      mirror.put('erased_people', { instance_id: instance, person_hash: 'x' });
      mirror.row('feedback', {
        instance_id: instance,
        remote_id: 'f1',
        chat_remote_id: 'gone',
        message_remote_id: 'gone',
        rating: 1,
        row_hash: '',
      });
      const model = await read();
      for (const [issue, count, share] of [
        ['Users without a name', 1, 0.5],
        ['Erased people', 1, null],
        ['Chats of which files and tools are unknown', 1, 1],
        ['Ratings of messages that are not in the mirror', 1, 1],
      ] as const) {
        const found = finding(model, issue);
        assert.deepEqual([found['finding_count'], found['finding_share']], [count, share], issue);
      }
    });
  });
});
