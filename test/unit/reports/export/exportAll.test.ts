import assert from 'node:assert/strict';
import { join } from 'node:path';
import { exportAll, type ExportAllRequest } from '../../../../src/reports/export/exportAll';
import type { IndexPage } from '../../../../src/reports/export/indexPage';
import { overviewReport } from '../../../../src/reports/overview/overviewReport';
import type { ReportDefinition } from '../../../../src/reports/reportDefinition';
import { NoReportDataError } from '../../../../src/reports/sources';
import { TestMirror, at } from '../mirror';

const BROKEN: ReportDefinition = {
  ...overviewReport,
  id: 'broken',
  title: 'Broken',
  datasets: { ...overviewReport.datasets, totals: { title: 'Totals', sql: 'SELECT nothing FROM nowhere' } },
};

/** Notes what would be written, and fails where it is told to. */
class Notes {
  readonly files: string[] = [];
  index: IndexPage | undefined;
  constructor(readonly failsAt?: RegExp) {}

  write(path: string): Promise<void> {
    if (this.failsAt?.test(path) === true) {
      return Promise.reject(new Error('Disk full'));
    }
    this.files.push(path);
    return Promise.resolve();
  }

  writeIndex(path: string, index: IndexPage): Promise<void> {
    this.files.push(path);
    this.index = index;
    return Promise.resolve();
  }
}

describe('exporting all reports', () => {
  let mirror: TestMirror;
  let instances: { id: number; name: string }[];
  before(async () => {
    mirror = await TestMirror.create();
    instances = ['fasgpt', 'A/B', 'A B'].map((name) => ({ id: mirror.instance(name), name }));
    mirror.turn(mirror.chat(mirror.user(instances[0]?.id ?? 0, 'Anna')), at('2026-03-02 10:00'));
  });
  after(() => mirror.dispose());

  function run(exporter: Notes, overrides: Partial<ExportAllRequest> = {}) {
    return exportAll({
      reader: mirror,
      exporter,
      reports: [overviewReport],
      instances,
      folder: 'out',
      zone: 'Asia/Tokyo',
      locale: 'en',
      now: at('2026-03-31 20:00'),
      isPseudonymised: false,
      signal: new AbortController().signal,
      ...overrides,
    });
  }

  it("writes each report for all and for each instance into a folder of the mirror's day", async () => {
    const notes = new Notes();
    const { index, fileCount, failures } = await run(notes);
    assert.deepEqual(notes.files, [
      join('out', '2026-04-01', 'all-overview.html'),
      join('out', '2026-04-01', 'fasgpt-overview.html'),
      join('out', '2026-04-01', 'a-b-overview.html'),
      join('out', '2026-04-01', 'a-b-2-overview.html'),
      join('out', '2026-04-01', 'index.html'),
    ]);
    assert.deepEqual([index, fileCount, failures], [notes.files.at(-1), 4, []]);
    assert.deepEqual(
      notes.index?.groups.map(({ title, entries }) => [title, entries.map(({ fileName }) => fileName)]),
      [
        ['All instances', ['all-overview.html']],
        ['fasgpt', ['fasgpt-overview.html']],
        ['A/B', ['a-b-overview.html']],
        ['A B', ['a-b-2-overview.html']],
      ],
    );
  });

  it('loses no other report by one that cannot be read or written, and says which', async () => {
    const notes = new Notes(/fasgpt-overview/u);
    const { fileCount, failures } = await run(notes, { reports: [BROKEN, overviewReport] });
    assert.equal(fileCount, 3);
    assert.deepEqual(notes.index?.failures, failures);
    assert.deepEqual(
      failures.filter((failure) => failure.startsWith('Overview')),
      ['Overview: fasgpt: Disk full'],
    );
    assert.equal(failures.filter((failure) => failure.startsWith('Broken: ')).length, 4);
  });

  it('says of an instance without data that it was not synced', async () => {
    const { failures } = await run(new Notes(), { instances: [{ id: 999, name: 'new' }] });
    assert.equal(failures.length, 1);
    assert.match(failures[0] ?? '', /^Overview: new: This instance was not synced yet/u);
  });

  it('has nothing to write before the first sync', async () => {
    const empty = await TestMirror.create();
    empty.generations = [0];
    await assert.rejects(run(new Notes(), { reader: empty }), NoReportDataError);
    empty.dispose();
  });

  it('ends between two reports when it is cancelled, without an index', async () => {
    const notes = new Notes();
    const abort = new AbortController();
    const ended = run(notes, {
      signal: abort.signal,
      onProgress: ({ done }) => (done === 1 ? abort.abort() : undefined),
    });
    await assert.rejects(ended, { name: 'AbortError' });
    assert.deepEqual(notes.files, [join('out', '2026-04-01', 'all-overview.html')]);
  });

  it('tells how far it is, and marks files without names', async () => {
    const told: string[] = [];
    const notes = new Notes();
    await run(notes, {
      instances: instances.slice(0, 1),
      isPseudonymised: true,
      onProgress: ({ done, total, what }) => told.push(`${done}/${total} ${what}`),
    });
    assert.deepEqual(told, ['0/2 Overview: All instances', '1/2 Overview: fasgpt']);
    assert.equal(notes.files[0], join('out', '2026-04-01', 'all-overview-pseudonyms.html'));
    assert.ok(notes.index?.facts.includes('Names are replaced by pseudonyms'));
  });
});
