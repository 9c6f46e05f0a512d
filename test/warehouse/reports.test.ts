import assert from 'node:assert/strict';
import { buildReport } from '../../src/reports/buildReport';
import { REPORTS } from '../../src/reports/catalogue';
import type { ReportModel } from '../../src/reports/reportModel';
import type { ReportReader } from '../../src/store/resultSet';
import { createPostgresReader } from '../../src/warehouse/reading/postgresReader';
import { fullMirror } from '../unit/reports/fullMirror';
import type { TestMirror } from '../unit/reports/mirror';
import { requestOf, type Asked } from '../unit/reports/reading';
import { assertSame } from './support/assertSame';
import { loadMirror } from './support/loadMirror';
import { createSchema, type TestSchema } from './support/postgres';

/** What is asked of every report. */
const ASKED: Readonly<Record<string, Asked>> = {
  'of a month': {},
  'of all time': { period: { kind: 'preset', preset: 'all' } },
};

describe('Reports of a warehouse', function () {
  this.timeout(60_000);
  let mirror: TestMirror;
  let schema: TestSchema;
  let warehouse: ReportReader;
  before(async () => {
    ({ mirror } = await fullMirror());
    schema = await createSchema();
    await loadMirror(mirror, schema.client);
    warehouse = {
      ...createPostgresReader(schema.client, () => Promise.resolve(1)),
      dispose: () => undefined,
    };
  });
  after(() => schema.drop());

  for (const definition of REPORTS) {
    for (const [name, asked] of Object.entries(ASKED)) {
      it(`${definition.id} ${name}: the same numbers as of the mirror`, async () => {
        const request = requestOf({ definition, ...asked });
        const own = await buildReport(mirror, definition, request);
        const errors: Error[] = [];
        const there = await buildReport(warehouse, definition, request, {
          onBlockError: (error) => errors.push(error),
        });
        assert.deepEqual(
          errors.map(({ message, cause }) => `${message}: ${String(cause)}`),
          [],
        );
        assertSame(content(there), content(own));
      });
    }
  }
});

/** What a report says, without how long it took and by which statements. */
function content({ queries, elapsedMs, createdAt, ...rest }: ReportModel): unknown {
  assert.ok(queries.length > 0 && elapsedMs >= 0 && createdAt !== '');
  return rest;
}
