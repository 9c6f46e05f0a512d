import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { METRICS } from '../../../src/reports/metrics/metrics';
import { REPORTS } from '../../../src/reports/catalogue';
import { ROUTES } from '../../../src/serve/routes/allRoutes';
import { begin, chat, exchange, fetched, openMirror, runEnd, user } from '../store/builders';
import { ApiStage } from './apiStage';

const ENDLESS = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n';

describe('The HTTP API', function () {
  this.timeout(120_000);
  const stage = new ApiStage();
  before(() => stage.set());
  after(() => stage.strike());

  it('lists the instances without what opens them', async () => {
    const { instances, zone } = await stage.ok('/v1/instances', 'Instances');
    assert.equal(zone, 'Europe/Berlin');
    assert.deepEqual(
      instances.map(({ id, name, url }) => [id, name, url]),
      [
        [1, 'alphaville', 'https://chat.example.org/ai'],
        [2, 'betatown', 'https://beta.example.org'],
      ],
    );
    assert.doesNotMatch(JSON.stringify(instances), /SECRET_VARIABLE|credential/u);
  });

  it('tells what is mirrored, how the last syncs went, and no addresses', async () => {
    const { instances, generation } = await stage.ok('/v1/status', 'Status');
    const [alphaville] = instances;
    assert.equal(generation, 1);
    assert.deepEqual(
      [alphaville?.name, alphaville?.users, alphaville?.chats, alphaville?.messages],
      ['alphaville', 2, 3, 6],
    );
    assert.equal(alphaville?.runs[0]?.status, 'partial');
    assert.doesNotMatch(JSON.stringify(instances), /example\.org/u);
  });

  it('lists the reports, and gives each of them as the command line writes it', async () => {
    const { reports } = await stage.ok('/v1/reports', 'Reports');
    assert.deepEqual(
      reports.map(({ id }) => id),
      REPORTS.map(({ id }) => id),
    );
    for (const { id, title } of reports) {
      const report = await stage.ok(`/v1/reports/${id}?period=all`, 'Report');
      assert.deepEqual([report.report.id, report.report.title], [id, title]);
    }
  });

  it('narrows a report down to an instance and days', async () => {
    const path = '/v1/reports/users?instance=ALPHAVILLE&from=2025-11-01&to=2025-11-30';
    const report = await stage.ok(path, 'Report');
    assert.deepEqual(report['scope'], { kind: 'instance', title: 'alphaville' });
    assert.equal(report.period.from, '2025-11-01');
    assert.equal((await stage.ok('/v1/reports/users?instance=1', 'Report')).isEmpty, false);
  });

  it('objects to reports, instances, days and parameters that there are not', async () => {
    const refusals: readonly (readonly [path: string, status: number, detail: RegExp])[] = [
      ['/v1/reports/none', 404, /There are: overview, /u],
      ['/v1/reports/users?instance=nowhere', 404, /There are: alphaville, betatown\./u],
      ['/v1/reports/users?from=2025-11-01', 400, /both from and to/u],
      ['/v1/reports/users?from=2025-11-02&to=2025-11-01', 400, /must not be after/u],
      ['/v1/reports/users?from=2025-02-31&to=2025-11-01', 400, /\(from\).*YYYY-MM-DD/u],
      ['/v1/reports/users?period=lastDecade', 400, /\(period\)/u],
      ['/v1/reports/users?perod=all', 400, /\(perod\)/u],
      ['/v1/reports/users?period=all&period=today', 400, /once/u],
      ['/v1/metrics/none', 404, /see \/v1\/metrics/u],
      ['/v1/metrics/cost_forecast', 404, /worked out by reports/u],
      ['/v1/metrics/turns?by=year', 400, /\(by\)/u],
      ['/v1/instances?x=1', 400, /\(x\): there is no such name here\.$/u],
    ];
    for (const [path, status, detail] of refusals) {
      assert.match((await stage.refused(path, status)).detail ?? '', detail, path);
    }
  });

  it('tells every metric with its definition', async () => {
    const { metrics } = await stage.ok('/v1/metrics', 'Metrics');
    assert.deepEqual(
      metrics.map(({ id }) => id),
      Object.keys(METRICS),
    );
    const turns = metrics.find(({ id }) => id === 'turns');
    assert.deepEqual([turns?.view, turns?.hasValues], ['v_turns', true]);
  });

  it('tells the value of a metric, of the whole period or by step, and null where nothing is known', async () => {
    const whole = await stage.ok('/v1/metrics/turns?period=all', 'MetricValues');
    assert.deepEqual(whole.values, [{ step: null, isPartial: false, currency: null, value: 3 }]);
    const days = await stage.ok('/v1/metrics/turns?by=day&from=2025-11-13&to=2025-11-16', 'MetricValues');
    assert.deepEqual(
      days.values.map(({ step, value }) => [step, value]),
      [
        ['2025-11-13', null],
        ['2025-11-14', null],
        ['2025-11-15', 3],
        ['2025-11-16', 0],
      ],
    );
  });

  it('tells null for a period that nothing is known of: before the first message, and after the last sync', async () => {
    for (const period of ['from=1990-01-01&to=1990-12-31', 'from=2026-06-01&to=2026-06-30']) {
      for (const id of ['turns', 'active_users', 'generations', 'billed_coverage']) {
        const { values } = await stage.ok(`/v1/metrics/${id}?${period}`, 'MetricValues');
        assert.deepEqual(
          values.map(({ value }) => value),
          [null],
          `${id} ${period}`,
        );
      }
    }
  });

  it('tells values of every metric that it says has some', async () => {
    const { metrics } = await stage.ok('/v1/metrics', 'Metrics');
    const able = metrics.filter(({ hasValues }) => hasValues);
    assert.ok(able.length > 20, `${able.length}`);
    for (const { id, by: keys } of able) {
      for (const by of keys) {
        const { step } = await stage.ok(`/v1/metrics/${id}?period=all&by=${by}`, 'MetricValues');
        assert.equal(step, by, id);
      }
    }
  });

  it('tells whose the value of a metric is: by user with names, most first, and by model', async () => {
    const people = await stage.ok('/v1/metrics/turns?period=all&by=user', 'MetricValues');
    assert.deepEqual(
      people.values.map(({ user, value, step }) => [user?.name, user?.instance, value, step]),
      [
        ['Ann', 'alphaville', 2, null],
        ['Bob', 'alphaville', 1, null],
      ],
    );
    const models = await stage.ok('/v1/metrics/generations?period=all&by=model', 'MetricValues');
    const whole = await stage.ok('/v1/metrics/generations?period=all', 'MetricValues');
    assert.equal(models.values.length, 1);
    assert.equal(typeof models.values[0]?.model, 'string');
    assert.equal(models.values[0]?.value, whole.values[0]?.value);
    const refused = await stage.refused('/v1/metrics/turns?by=model', 400);
    assert.equal(refused.detail, 'This metric comes by all, day, week, month, user, group.');
  });

  it('counts weekly and monthly users in their own windows, as the report on users does', async () => {
    const span = 'from=2025-11-15&to=2025-11-16';
    const report = await stage.ok(`/v1/reports/users?${span}`, 'Report');
    for (const id of ['wau', 'mau']) {
      const { values } = await stage.ok(`/v1/metrics/${id}?by=day&${span}`, 'MetricValues');
      assert.deepEqual(
        values.map(({ value }) => value),
        report.datasets['rolling']?.rows.map((row) => row[id]),
        id,
      );
      const lastDay = await stage.ok(`/v1/metrics/${id}?from=2025-11-16&to=2025-11-16`, 'MetricValues');
      assert.equal(lastDay.values[0]?.value, 2, id);
    }
    const active = await stage.ok('/v1/metrics/active_users?from=2025-11-16&to=2025-11-16', 'MetricValues');
    assert.equal(active.values[0]?.value, 0);
  });

  it('runs a statement with parameters, and keeps equal names, integers and bytes apart', async () => {
    const sql = "SELECT :name AS a, 9007199254740993 AS a, x'00ff' AS b, NULL AS c, 1.5 AS d";
    const response = await stage.ask('/v1/query', stage.query({ sql, parameters: { name: 'Ann' } }));
    const text = await response.text();
    assert.match(text, /^\{"columns":\["a","a","b","c","d"\],/u);
    assert.match(text, /"rows":\[\["Ann",9007199254740993,"x'00ff'",null,1\.5\]\]/u);
    const { rows, isCut } = await stage.ok(
      '/v1/query',
      'QueryResult',
      stage.query({ sql: 'SELECT name FROM users ORDER BY name', limit: 1 }),
    );
    assert.deepEqual([rows, isCut], [[['Ann']], true]);
  });

  it('tells the rows that fit, and refuses a row that does not, whatever its size', async () => {
    const mib = 1024 * 1024;
    const rows = `SELECT zeroblob(${3 * mib}) AS b UNION ALL SELECT zeroblob(${4 * mib}) UNION ALL SELECT zeroblob(${2 * mib})`;
    const cut = await stage.ok('/v1/query', 'QueryResult', stage.query({ sql: rows }));
    assert.deepEqual([cut.rows.length, cut.rowCount, cut.isCut], [2, 2, true]);
    for (const sql of [`SELECT zeroblob(${30 * mib})`, `SELECT hex(zeroblob(${5 * mib}))`]) {
      const problem = await stage.refused('/v1/query', 422, stage.query({ sql }));
      assert.deepEqual([problem.code, /substr/u.test(problem.detail ?? '')], ['too_costly', true]);
    }
  });

  it('wants a value for each parameter, since NULL would be taken in its place', async () => {
    const refusals: readonly (readonly [sql: string, parameters: object, detail: RegExp])[] = [
      ['SELECT * FROM users WHERE role = :rol', { role: 'admin' }, /no value for :rol:/u],
      ['SELECT ?1', {}, /no value for \?:/u],
      ['SELECT @a', { a: 1 }, /no value for @a:.* as :name/u],
      ['SELECT :constructor', { constructor: 1 }, /cannot have the name constructor/u],
      ['SELECT :a', { a: 2 ** 53 }, /\(parameters\.a\).*beyond 2\^53 as text/u],
    ];
    for (const [sql, parameters, detail] of refusals) {
      const problem = await stage.refused('/v1/query', 400, stage.query({ sql, parameters }));
      assert.match(problem.detail ?? '', detail, sql);
    }
    const sql = "SELECT ':a?', :a, :b, :toString -- :c ?";
    const parameters = { a: null, b: -0.5, toString: '9007199254740993' };
    const { rows } = await stage.ok('/v1/query', 'QueryResult', stage.query({ sql, parameters }));
    assert.deepEqual(rows, [[':a?', null, -0.5, '9007199254740993']]);
  });

  it('says where a statement is wrong', async () => {
    const problem = await stage.refused('/v1/query', 400, stage.query({ sql: 'SELECT\n  nmae FROM users' }));
    assert.deepEqual([problem.code, problem.line, problem.column, problem.offset], ['bad_sql', 2, 3, 9]);
    assert.match(problem.detail ?? '', /no such column: nmae/u);
  });

  it('refuses to write, to run two statements, and to run none', async () => {
    for (const sql of ['DELETE FROM users', 'SELECT 1; SELECT 2', '-- nothing']) {
      assert.equal((await stage.refused('/v1/query', 400, stage.query({ sql }))).code, 'bad_sql', sql);
    }
    assert.equal((await stage.refused('/v1/query', 400, stage.query({ sql: ' ' }))).code, 'bad_request');
  });

  it('stops a report in the middle of a statement, lets nothing wait for it, and builds the next one', async () => {
    const patience = new AbortController();
    const endless = stage.mirror.readReport(patience.signal, (reader) =>
      reader.query('WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n'),
    );
    await stage.ok('/v1/status', 'Status');
    patience.abort();
    await assert.rejects(endless);
    await stage.ok('/v1/reports/overview', 'Report');
  });

  it('lets some questions wait, and turns others away with a time to come back', async () => {
    const statements = Array.from({ length: 30 }, () =>
      stage.ask('/v1/query', stage.query({ sql: 'SELECT 1' })),
    );
    const answers = await Promise.all(statements);
    const turnedAway = answers.filter(({ status }) => status === 429);
    assert.equal(turnedAway.length, 13);
    assert.equal(turnedAway[0]?.headers.get('retry-after'), '2');
    assert.ok(answers.every(({ status }) => status === 429 || status === 200));
  });

  it('objects to bodies that are no JSON, of another type, of another shape, or too large', async () => {
    const sent = (body: string | Uint8Array<ArrayBuffer>, type = 'application/json') => ({
      method: 'POST',
      headers: { 'content-type': type },
      body,
    });
    assert.equal((await stage.refused('/v1/query', 400, sent('{'))).code, 'bad_request');
    assert.equal((await stage.refused('/v1/query', 400, sent('[]'))).code, 'bad_request');
    const latin1 = Uint8Array.from(Buffer.from('{"sql":"SELECT \'Zoë\'"}', 'latin1'));
    assert.match((await stage.refused('/v1/query', 400, sent(latin1))).detail ?? '', /no UTF-8/u);
    assert.equal((await stage.refused('/v1/query', 415, sent('{}', 'text/plain'))).code, 'wrong_media_type');
    const packed = stage.query({ sql: 'SELECT 1' });
    const encoded = await stage.refused('/v1/query', 415, {
      ...packed,
      headers: { ...packed.headers, 'content-encoding': 'gzip' },
    });
    assert.match(encoded.detail ?? '', /without Content-Encoding/u);
    assert.equal(
      (await stage.refused('/v1/query', 400, sent('{"sql":"SELECT :a","parameters":{"a":1e999}}'))).code,
      'bad_request',
    );
    assert.equal((await stage.refused('/v1/query', 413, sent('x'.repeat(300_000)))).code, 'too_large');
    for (const body of [
      { sql: 'SELECT 1', limit: 10_001 },
      { sql: 'SELECT 1', limit: 0 },
      { sql: 'SELECT 1', limit: 1.5 },
      { sql: 'SELECT 1', more: true },
      { sql: 'SELECT 1', parameters: { 'a b': 1 } },
      { sql: 1 },
      {},
    ]) {
      const problem = await stage.refused('/v1/query', 400, stage.query(body));
      assert.equal(problem.code, 'bad_request', JSON.stringify(body));
    }
  });

  it('gives Prometheus the health of syncs', async () => {
    const response = await stage.ask('/metrics');
    const text = await response.text();
    assert.match(response.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/u);
    assert.match(text, /^openwebui_sync_last_run_status\{instance="alphaville",status="partial"\} 1$/mu);
    assert.match(text, /^openwebui_sync_file_generation 1$/mu);
  });

  it('takes no other method than it says, wherever it is', async () => {
    for (const { path, method } of ROUTES) {
      for (const other of ['PUT', 'PATCH', 'DELETE', ...(method === 'get' ? ['POST'] : ['GET'])]) {
        const response = await stage.ask(path.replace('{id}', 'users'), { method: other });
        assert.equal(response.status, 405, `${other} ${path}`);
        assert.equal(response.headers.get('allow'), method === 'get' ? 'GET, HEAD' : 'POST');
      }
    }
    assert.equal((await stage.refused('/v1/nothing', 404)).code, 'not_found');
  });

  it('told the person who started it nothing, since nothing failed', () => {
    assert.deepEqual(stage.told, []);
  });
});

describe('The HTTP API where a statement may run for a second', function () {
  this.timeout(120_000);
  const stage = new ApiStage();
  before(() => stage.set(true, { timeLimitMs: 1_000 }));
  after(() => stage.strike());

  it('stops a statement without an end, and answers the next one', async () => {
    const problem = await stage.refused('/v1/query', 422, stage.query({ sql: ENDLESS }));
    assert.equal(problem.code, 'took_too_long');
    const next = () => stage.ask('/v1/query', stage.query({ sql: 'SELECT 1' }));
    let answer = await next();
    while (answer.status === 422) {
      // On a slow machine a new thread takes longer to start.
      answer = await next();
    }
    assert.equal(answer.status, 200);
  });
});

describe('The HTTP API before the first sync', function () {
  this.timeout(120_000);
  const stage = new ApiStage();
  before(() => stage.set(false));
  after(() => stage.strike());

  it('says so, and still tells what is set up', async () => {
    assert.equal((await stage.ok('/v1/instances', 'Instances')).instances.length, 2);
    assert.equal((await stage.ok('/v1/status', 'Status')).generation, 0);
    assert.equal((await stage.ask('/metrics')).status, 200);
    for (const path of ['/v1/reports/overview', '/v1/metrics/turns']) {
      assert.equal((await stage.refused(path, 409)).code, 'no_data');
    }
    const problem = await stage.refused('/v1/query', 409, stage.query({ sql: 'SELECT 1' }));
    assert.equal(problem.code, 'no_data');
  });
});

describe('The HTTP API, while its files change', function () {
  this.timeout(120_000);
  const stage = new ApiStage();
  before(() => stage.set());
  after(() => stage.strike());

  const reading = ['/v1/instances', '/v1/status', '/metrics', '/v1/reports/users', '/v1/metrics/turns'];

  it('tells the person who started it why something failed, and a client where to look', async () => {
    const file = join(stage.root, 'instances.json');
    const kept = readFileSync(file);
    writeFileSync(file, '{');
    for (const path of reading) {
      const problem = await stage.refused(path, 500);
      assert.doesNotMatch(JSON.stringify(problem), /instances\.json/u);
    }
    assert.equal(stage.told.length, reading.length);
    assert.ok(
      stage.told.every((sentence) => /^GET \/\S+: .*instances\.json/u.test(sentence)),
      stage.told[0],
    );
    writeFileSync(file, kept);
    assert.equal((await stage.ok('/v1/instances', 'Instances')).instances.length, 2);
  });

  it('answers from another mirror that was put in its place, though its newest file has the same number', async () => {
    const people = async (): Promise<unknown> => {
      const asked = stage.query({ sql: 'SELECT COUNT(*) FROM users' });
      return (await stage.ok('/v1/query', 'QueryResult', asked)).rows[0]?.[0];
    };
    const turns = async (): Promise<unknown> =>
      (await stage.ok('/v1/metrics/turns?period=all', 'MetricValues')).values[0]?.value;
    assert.deepEqual([await people(), await turns()], [2, 3]);
    const other = mkdtempSync(join(tmpdir(), 'serve-other-'));
    try {
      const mirror = await openMirror(other);
      const run = begin(mirror, 'run-1', 1, { name: 'alphaville', url: 'https://chat.example.org/ai' });
      mirror.applyUsers(run, [user('eve', { name: 'Eve' })]);
      mirror.applyChat(run, fetched(chat('chat', { userRemoteId: 'eve', messages: exchange('chat') })));
      mirror.endRun(runEnd({ runId: run }));
      mirror.publish();
      mirror.close();
      const name = join('db', '00000001.db');
      renameSync(join(other, name), join(stage.root, name));
    } finally {
      rmSync(other, { recursive: true, force: true });
    }
    assert.deepEqual([await people(), await turns()], [1, 1]);
  });

  it('does not take a folder that is gone for a mirror of nothing', async () => {
    await stage.ok('/v1/query', 'QueryResult', stage.query({ sql: 'SELECT 1' }));
    renameSync(stage.root, `${stage.root}-away`);
    try {
      for (const path of reading) {
        assert.equal((await stage.refused(path, 503)).code, 'unavailable', path);
      }
      const { detail } = await stage.refused('/v1/query', 503, stage.query({ sql: 'SELECT 1' }));
      assert.equal(detail, 'The data folder is not there any more.');
      assert.equal((await stage.ask('/healthz')).status, 200);
    } finally {
      renameSync(`${stage.root}-away`, stage.root);
    }
    assert.equal((await stage.ask('/metrics')).status, 200);
  });
});
