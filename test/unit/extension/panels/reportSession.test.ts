import assert from 'node:assert/strict';
import { parseReportMessage, parseReportSelection } from '../../../../src/extension/panels/reportMessages';
import { ReportSession } from '../../../../src/extension/panels/reportSession';
import type { ReportScope } from '../../../../src/reports/reportModel';
import { usageReport } from '../../../../src/reports/usage/usageReport';
import type { ReportReader } from '../../../../src/store/resultSet';
import { TestMirror, at } from '../../reports/mirror';

const ALL: ReportScope = { kind: 'all' };
const MARCH = { kind: 'days', from: '2026-03-01', to: '2026-03-31' } as const;

describe('an open report', () => {
  let mirror: TestMirror;
  let phases: string[];
  let errors: unknown[];

  function open(reader: ReportReader = mirror): ReportSession {
    const session = new ReportSession(
      {
        definition: usageReport,
        reader,
        now: () => at('2026-03-31 13:00') * 1000,
        zone: () => 'UTC',
        locale: 'en',
        onChange: () => {
          phases.push(
            session.state.phase === 'ready' && session.state.isStale ? 'stale' : session.state.phase,
          );
        },
        onError: (error) => errors.push(error),
      },
      ALL,
      MARCH,
    );
    return session;
  }

  beforeEach(async () => {
    mirror = await TestMirror.create();
    phases = [];
    errors = [];
  });
  afterEach(() => mirror.dispose());

  it('loads, then shows the model; a refresh keeps it until the new one is there', async () => {
    mirror.instance('fasgpt');
    const session = open();
    await session.refresh();
    await session.refresh();
    assert.deepEqual(phases, ['loading', 'ready', 'stale', 'ready']);
    assert.equal(session.model?.title, 'Usage report');
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

  it('shows the last choice, also when an earlier one is answered later', async () => {
    const id = mirror.instance('fasgpt');
    const session = open();
    const first = session.select(ALL, MARCH);
    const second = session.select({ kind: 'instance', instanceId: id }, MARCH);
    await Promise.all([first, second]);
    assert.equal(session.model?.subtitle, 'fasgpt');
    assert.equal(phases.filter((phase) => phase === 'ready').length, 1);
  });
});

describe('messages of a report page', () => {
  it('are taken when they are what the protocol says', () => {
    const select = { type: 'select', scope: ALL, period: { kind: 'preset', preset: 'last7' } };
    assert.deepEqual(parseReportMessage(select), select);
  });

  for (const message of [
    undefined,
    'ready',
    { type: 'drop' },
    { type: 'select', scope: { kind: 'instance', instanceId: '1; DROP TABLE users' }, period: MARCH },
    { type: 'select', scope: ALL, period: { kind: 'preset', preset: 'for ever' } },
    { type: 'select', scope: ALL, period: { kind: 'days', from: 'x', to: 'y' } },
  ]) {
    it(`are dropped: ${JSON.stringify(message)}`, () => {
      assert.equal(parseReportMessage(message), undefined);
    });
  }

  it('restore a tab only from a state that can be read', () => {
    const kept = { reportId: 'usage', scope: ALL, period: MARCH };
    assert.deepEqual(parseReportSelection(kept), kept);
    assert.equal(parseReportSelection({ scope: ALL }), undefined);
  });
});
