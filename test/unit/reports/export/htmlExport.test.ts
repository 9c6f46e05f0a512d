import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { renderReportHtml } from '../../../../src/reports/export/htmlExport';
import type { ReportModel } from '../../../../src/reports/reportModel';
import { MAX_HTML_ROWS } from '../../../../src/reports/export/htmlTable';
import { TestMirror, at } from '../mirror';
import { report } from '../reading';
import { exportModel, sentences, tiles, userTable } from './model';

const SCRIPT_NAME = '</script><script>alert(1)</script>';
const HOSTILE = [
  SCRIPT_NAME,
  '<img src=x onerror=alert(1)>',
  `"><svg onload=alert(1)>`,
  `' style='background:url(//evil.test)`,
];
const DAY = 86_400;
const SCRIPT = `document.title += '!';`;

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function inside(page: string, tag: string): string[] {
  return [...page.matchAll(new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`, 'gu'))].map(([, text]) => text ?? '');
}

function policyOf(page: string): string {
  const [, content = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/u.exec(page) ?? [];
  return content.replaceAll('&#39;', `'`);
}

describe('an exported report', () => {
  let mirror: TestMirror;
  let model: ReportModel;
  let page: string;

  before(async () => {
    mirror = await TestMirror.create();
    const instance = mirror.instance(SCRIPT_NAME);
    HOSTILE.forEach((name, index) => {
      const chat = mirror.chat(mirror.user(instance, name, { email: name }));
      mirror.turn(chat, at('2026-03-02 10:00') + index * DAY, { model: name, input: 10, output: 5 });
    });
    model = await report(mirror);
    page = await renderReportHtml(model, { script: SCRIPT });
  });
  after(() => mirror.dispose());

  it('shows names as text, whatever they hold', () => {
    assert.equal(inside(page, 'script').length, 1);
    assert.ok(!/<img|<svg onload|onerror=alert\(1\)>/u.test(page));
    for (const name of HOSTILE.filter((text) => /[<"]/u.test(text))) {
      assert.ok(!page.includes(name), name);
    }
    assert.ok(page.includes('&#60;img src=x onerror=alert(1)&#62;'));
  });

  it('allows its one style and its one script by their hashes, and nothing else', () => {
    const policy = policyOf(page);
    const [style = ''] = inside(page, 'style');
    const [script = ''] = inside(page, 'script');
    assert.equal(script, SCRIPT);
    assert.equal(
      policy,
      `default-src 'none'; style-src '${hashOf(style)}'; script-src '${hashOf(script)}'; base-uri 'none'; form-action 'none'`,
    );
  });

  it('has no script at all when none is given', async () => {
    const plain = await renderReportHtml(model);
    assert.equal(inside(plain, 'script').length, 0);
    assert.match(policyOf(plain), /script-src 'none'/u);
  });

  it('refuses a script that would end its own element', async () => {
    await assert.rejects(renderReportHtml(model, { script: '"</script>"' }));
  });

  it('needs no network: no address but the name spaces of SVG', () => {
    const addresses = new Set([...page.matchAll(/(?:https?:)?\/\/[\w.]+\/?[\w/]*/gu)].map(([text]) => text));
    addresses.delete('//evil.test');
    assert.deepEqual([...addresses].sort(), ['http://www.w3.org/1999/xlink', 'http://www.w3.org/2000/svg']);
    assert.ok(!/<(?:link|iframe|object|embed|base)\b/u.test(page));
    const withoutValues = page.replace(/="[^"]*"/gu, '=""');
    assert.ok(!/<[^>]+\s(?:src|href|xlink:href)=/u.test(withoutValues));
  });

  it('has no inline style that its policy would block', () => {
    assert.ok(!/<[^>]+\sstyle=/u.test(page.replace(/="[^"]*"/gu, '=""')));
  });

  it('draws every chart with a sentence for those who do not see it, and a table', () => {
    const charts = model.sections.flatMap(({ blocks }) => blocks).filter(({ type }) => type === 'chart');
    assert.equal(page.match(/<figure/gu)?.length, charts.length);
    assert.equal(page.match(/<svg aria-hidden="true"/gu)?.length, charts.length);
    assert.equal(page.match(/role="img" aria-label="[^"]+"/gu)?.length, charts.length);
  });

  it('says of when, of what time and in which zone it is', () => {
    for (const [title, words] of [
      ['Freshness', 'Data as of 2026-03-31 12:30:00'],
      ['Times in', 'UTC'],
      ['Messages known', '2026-03-02 to 2026-03-05'],
    ] as const) {
      assert.match(page, new RegExp(`<dt>${title}</dt>\\s*<dd>${words}</dd>`, 'u'));
    }
    assert.ok(page.includes('2026-03-01 to 2026-03-31'));
  });

  it('is the same for the same data, byte by byte', async () => {
    assert.equal(await renderReportHtml(model, { script: SCRIPT }), page);
  });

  it('stays below 1 MB', () => {
    assert.ok(Buffer.byteLength(page) < 1_000_000);
  });

  it('says that a period is empty instead of drawing nothing', async () => {
    const empty = await report(mirror, { period: { kind: 'days', from: '2026-03-20', to: '2026-03-21' } });
    const text = await renderReportHtml(empty);
    assert.match(text, /No messages in this period/u);
    assert.ok(!text.includes('<figure'));
  });
});

describe('blocks of an exported page', () => {
  it('cut a long table and say how many rows are left out', async () => {
    const table = userTable();
    assert.ok(table.type === 'table');
    const rows = Array.from({ length: MAX_HTML_ROWS + 7 }, (_, index) => [`user ${index}`, '', '', '', '']);
    const page = await renderReportHtml(exportModel([{ ...table, table: { ...table.table, rows } }]));
    assert.ok(page.includes(`<td>user ${MAX_HTML_ROWS - 1}</td>`));
    assert.ok(!page.includes(`<td>user ${MAX_HTML_ROWS}</td>`));
    assert.match(page, /<p>250 of 257 rows; 7 more are left out of this page\.<\/p>/u);
    assert.match(page, /118 more are left out here and count in the totals/u);
  });

  it('print filters, sentences with what stands behind them, and what is not known', async () => {
    const failed = {
      type: 'failed',
      id: 'x',
      title: 'Costs',
      isWide: true,
      message: 'No such table',
    } as const;
    const page = await renderReportHtml(exportModel([tiles(), sentences(), failed]));
    assert.match(page, /<dt>Filter: Roles<\/dt>\s*<dd>admin<\/dd>/u);
    assert.match(page, /<li class="notable">\s*Turns rose by 12%\.\s*<ul>\s*<li>Anna: \+120 of 132<\/li>/u);
    assert.match(page, /<h3>Costs<\/h3>\s*<p>No such table<\/p>/u);
    assert.match(page, /<div class="note">most by Anna<\/div>/u);
  });

  it('have no links into the editor', async () => {
    const page = await renderReportHtml(exportModel([userTable()]));
    assert.ok(page.includes('<td>Anna</td>'));
    assert.ok(!page.includes('<a '));
  });
});
