import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readXlsx } from 'hucre/xlsx';
import { REPORTS } from '../../../src/reports/catalogue';
import { generateCompany } from '../../../src/sample/company/company';
import { readExports } from '../../../src/store/exportLedger/exportLedger';
import { CliStage } from './cliStage';

const company = () => generateCompany({ name: 'fasgpt', users: 6, chats: 24, messages: 80 });

describe('reports at the command line', function () {
  this.timeout(120_000);
  const stage = new CliStage(company);
  before(async () => {
    await stage.set();
    await stage.add();
    await stage.ok(['sync', '--full']);
  });
  after(() => stage.strike());

  const inside = (...names: string[]): string => join(stage.data, 'out', ...names);

  it('are listed with the question that each answers', async () => {
    const lines = (await stage.ok(['report', 'list'])).trim().split('\n');
    assert.equal(lines.length, REPORTS.length);
    assert.ok(lines[0]?.startsWith(`${REPORTS[0]?.id ?? ''} `));
  });

  it('are printed as Markdown unless told otherwise', async () => {
    const text = await stage.ok(['report', 'overview', '--period', 'all']);
    assert.match(text, /^# Overview: All instances\n/u);
    assert.match(text, /\| Turns \| [\d,]+ \|/u);
  });

  it('take instance, days and format', async () => {
    const days = ['--from', '2020-01-01', '--to', '2020-01-31'];
    const args = ['report', 'overview', '--instance', 'FASGPT', ...days, '--format', 'json'];
    const json = JSON.parse(await stage.ok(args)) as Record<string, unknown>;
    assert.equal((json['scope'] as { title: string }).title, 'fasgpt');
    assert.equal((json['period'] as { from: string }).from, '2020-01-01');
    assert.equal(json['isEmpty'], true);
  });

  it('are written to the file that is named, in the format of its name', async () => {
    const { code, err } = await stage.run(['report', 'overview', '--output', inside('usage.xlsx')]);
    assert.equal(code, 0, err);
    assert.match(err, /^Written to .*usage\.xlsx\n$/u);
    const { sheets } = await readXlsx(readFileSync(inside('usage.xlsx')));
    assert.equal(sheets[0]?.name, 'About');
  });

  it('get a name in a folder', async () => {
    mkdirSync(inside('folder'), { recursive: true });
    await stage.ok(['report', 'overview', '--format', 'html', '--output', inside('folder')]);
    const [name = ''] = readdirSync(inside('folder'));
    assert.match(name, /^all-overview-\d{4}-\d\d-\d\d\.html$/u);
    assert.match(readFileSync(inside('folder', name), 'utf8'), /<script>/u);
  });

  it('are noted as the files that they are, with whose rows they hold', async () => {
    const output = inside('noted');
    mkdirSync(output, { recursive: true });
    await stage.ok([
      'report',
      'overview',
      '--period',
      'all',
      '--format',
      'csv',
      '--output',
      output,
      '--pseudonyms',
    ]);
    await stage.ok(['changes', '--output', `${output}/`]);
    const noted = (await readExports(stage.data)).filter(({ path }) => path.startsWith(output));
    assert.deepEqual(
      noted.map(({ path }) => path).sort(),
      readdirSync(output)
        .map((name) => join(output, name))
        .sort(),
    );
    assert.deepEqual(
      new Set(noted.map(({ format, isPseudonymised }) => `${format} ${String(isPseudonymised)}`)),
      new Set(['csv true', 'md false']),
    );
    assert.ok(noted.every(({ instances }) => instances.length > 0));
  });

  it('give one table as CSV', async () => {
    const csv = await stage.ok(['report', 'overview', '--period', 'all', '--table', 'userTable']);
    assert.match(csv, /^\uFEFF#,User,/u);
    await stage.fails(
      ['report', 'overview', '--period', 'all', '--table', 'nothing'],
      1,
      /has no table "nothing"\. It has: .*userTable/u,
    );
  });

  it('give every table as CSV, a file each', async () => {
    const args = ['report', 'fasgpt', '--period', 'all', '--format', 'csv', '--output', inside('tables')];
    const { code, err } = await stage.run(args);
    assert.equal(code, 0, err);
    const names = readdirSync(inside('tables'));
    assert.match(err, new RegExp(`^${names.length} tables written to .*tables\n$`, 'u'));
    const users = names.find((name) => /^fasgpt-overview-usertable-\d{4}-\d\d-\d\d\.csv$/u.test(name)) ?? '';
    assert.match(readFileSync(inside('tables', users), 'utf8'), /^\uFEFF#,User,/u);
    await stage.fails(
      [...args.slice(0, 2), '--from', '2020-01-01', '--to', '2020-01-31', ...args.slice(4)],
      1,
      /No messages in this period/u,
    );
  });

  it('are of an instance that is named, the overview unless told otherwise', async () => {
    const title = async (...args: string[]): Promise<string> =>
      (await stage.ok(['report', ...args])).split('\n')[0] ?? '';
    assert.equal(await title('FASGPT', '--period', 'all'), '# Overview: fasgpt');
    assert.equal(await title('FASGPT', '--report', 'users'), '# Users: fasgpt');
    assert.equal(await title('--all', '--period', 'all'), '# Overview: All instances');
    assert.equal(await title('--instance', 'fasgpt'), '# Overview: fasgpt');
  });

  it('give one chart as SVG', async () => {
    const svg = await stage.ok([
      ...['report', 'overview', '--period', 'all'],
      ...['--table', 'messages', '--format', 'svg'],
    ]);
    assert.match(svg, /^<svg [^>]*><title>Messages<\/title>/u);
  });

  it('give the rows of bills under FOCUS names, of the reconciliation alone', async () => {
    const csv = await stage.ok(['report', 'reconciliation', '--format', 'focus']);
    assert.match(csv, /^\uFEFFBilledCost,EffectiveCost,BillingCurrency,ChargePeriodStart,/u);
    await stage.fails(['report', 'overview', '--format', 'focus'], 2, /overview cannot be written as focus/u);
  });

  it('say what is wrong with what was typed', async () => {
    await stage.fails(['report', 'nothing'], 2, /There is no report "nothing", nor an instance/u);
    await stage.fails(['report', 'overview', '--instance', 'x'], 2, /There is no instance "x"/u);
    await stage.fails(['report', 'overview', '--from', '2026-01-01'], 2, /Give both --from and --to/u);
    await stage.fails(['report', 'overview', '--from', '2026-02-30'], 2, /Give a day as YYYY-MM-DD/u);
    const csv = ['report', 'overview', '--period', 'all', '--format', 'csv'];
    const tables = /name it with --table, or give all of them a folder .* Tables: .*userTable/u;
    await stage.fails(csv, 2, tables);
    await stage.fails([...csv, '--output', inside('usage.csv')], 2, tables);
    await stage.fails(['report', 'overview', '--format', 'svg'], 2, /svg holds one chart: name it/u);
    await stage.fails(['report', 'overview', '--format', 'xlsx'], 2, /Say where to write/u);
    await stage.fails(['report', 'overview', '--format', 'html', '--table', 'userTable'], 2, /csv or xlsx/u);
  });

  it('are all written at once, with a page that links to them', async () => {
    const out = await stage.ok(['report', 'all', '--output', inside('all')]);
    assert.match(out, new RegExp(`^${REPORTS.length * 2} reports written: .*index\\.html\n$`, 'u'));
    const [day = ''] = readdirSync(inside('all'));
    const index = readFileSync(inside('all', day, 'index.html'), 'utf8');
    const links = [...index.matchAll(/href="([^"]+)"/gu)].map(([, link]) => link ?? '');
    assert.equal(links.length, REPORTS.length * 2);
    assert.ok(links.every((link) => existsSync(inside('all', day, decodeURIComponent(link)))));
  });

  it('name nobody when they are written with pseudonyms', async () => {
    await stage.ok(['report', 'all', '--output', inside('hidden'), '--pseudonyms']);
    const [day = ''] = readdirSync(inside('hidden'));
    const pages = readdirSync(inside('hidden', day)).map((name) =>
      readFileSync(inside('hidden', day, name), 'utf8'),
    );
    const users = await stage.rows('SELECT name, email FROM users');
    assert.ok(users.length >= 6);
    for (const { name, email } of users) {
      for (const text of [String(name), String(email)]) {
        assert.ok(
          pages.every((page) => !page.includes(text)),
          text,
        );
      }
    }
  });
});
