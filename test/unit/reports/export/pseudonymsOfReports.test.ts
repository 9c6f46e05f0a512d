import assert from 'node:assert/strict';
import { readXlsx } from 'hucre/xlsx';
import { REPORTS } from '../../../../src/reports/catalogue';
import { costReport } from '../../../../src/reports/cost/costReport';
import { readFocusRows } from '../../../../src/reports/export/focus';
import { tablesOf } from '../../../../src/reports/export/exportTables';
import { contentBytes } from '../../../../src/reports/export/outputFile';
import { readPeople, type People } from '../../../../src/reports/export/people';
import { renderExport, type ExportWish } from '../../../../src/reports/export/renderExport';
import { reconciliationReport } from '../../../../src/reports/reconciliation/reconciliationReport';
import type { ReportModel } from '../../../../src/reports/reportModel';
import type { ReportFilter } from '../../../../src/reports/reportSettings';
import { pseudonymOf } from '../../../../src/store/instances/people';
import { rowsOf } from '../../../../src/store/resultSet';
import type { TestMirror } from '../mirror';
import { report } from '../reading';
import { SECRETS, secretMirror } from './secretMirror';

const EVERY_SECRET: readonly string[] = Object.values(SECRETS).flat();

/** How a text may stand in a file: as it is, escaped as markup, as JSON, as Markdown, as CSV. */
function writtenAs(text: string): string[] {
  const markup = (code: (character: string) => string): string => text.replace(/[&<>"'`]/gu, code);
  return [
    text,
    markup((character) => `&#${character.charCodeAt(0)};`),
    markup((character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[character] ?? character),
    markup(
      (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[character] ?? character,
    ),
    JSON.stringify(text).slice(1, -1),
    text.replace(/[<>]/gu, '\\$&'),
    text.replaceAll('"', '""'),
    text.replaceAll("'", "''"),
  ];
}

/** As a whole word: "Ann" is not part of "Annual". */
function placeOf(secret: string, text: string): string | undefined {
  const escaped = secret.replace(/[\\^$.*+?()[\]{}|]/gu, '\\$&');
  const found = new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'u').exec(text);
  return found === null ? undefined : text.slice(Math.max(0, found.index - 80), found.index + 80);
}

function assertNoSecret(text: string, what: string): void {
  for (const secret of EVERY_SECRET) {
    for (const form of writtenAs(secret)) {
      assert.equal(placeOf(form, text), undefined, `${what} holds ${secret}`);
    }
  }
}

async function textOf(model: ReportModel, wish: ExportWish, people?: People): Promise<string> {
  const bytes = await contentBytes(await renderExport(model, wish, { people }));
  if (wish.format !== 'xlsx') {
    return Buffer.from(bytes).toString();
  }
  const { sheets } = await readXlsx(bytes);
  return sheets.flatMap(({ name, rows }) => [name, ...rows.flat().map(String)]).join('\n');
}

describe('a pseudonymised export', () => {
  let mirror: TestMirror;
  let people: People;
  /** Told in words, with names; leaves nobody out. */
  let filter: ReportFilter;
  before(async () => {
    mirror = await secretMirror();
    people = await readPeople(mirror, 'en');
    const groups = rowsOf(await mirror.query('SELECT id FROM user_groups')).map(({ id }) => Number(id));
    filter = { groups, users: people.users.map(({ id }) => id) };
  });
  after(() => mirror.dispose());

  for (const definition of REPORTS) {
    describe(`of ${definition.title}`, () => {
      let model: ReportModel;
      before(async () => {
        model = await report(mirror, { definition, filter });
      });

      for (const format of ['html', 'xlsx', 'json', 'md'] as const) {
        it(`names nobody as ${format}`, async () => {
          assertNoSecret(await textOf(model, { format }, people), format);
        });
      }

      it('names nobody in the CSV of any table, nor in any picture', async () => {
        for (const { id } of model.isEmpty ? [] : tablesOf(model)) {
          assertNoSecret(await textOf(model, { format: 'csv', tableId: id }, people), id);
        }
        for (const block of model.sections.flatMap(({ blocks }) => blocks)) {
          if (block.type === 'chart') {
            assertNoSecret(await textOf(model, { format: 'svg', tableId: block.id }, people), block.id);
          }
        }
      });

      it('says so on the page', async () => {
        assert.match(await textOf(model, { format: 'html' }, people), /<dt>Privacy<\/dt>/u);
      });
    });
  }

  it('names nobody in rows of bills', async () => {
    const model = await report(mirror, { definition: reconciliationReport });
    const wish = { format: 'focus', rows: await readFocusRows(mirror, model) } as const;
    const plain = await textOf(model, wish);
    for (const secret of [SECRETS.names[0], SECRETS.emails[0]]) {
      assert.ok(plain.includes(secret), secret);
    }
    const written = await textOf(model, wish, people);
    assertNoSecret(written, 'focus');
    assert.equal(written.split('\n').length, plain.split('\n').length);
  });

  it('numbers the values of tags, and keeps what has none', async () => {
    const model = await report(mirror, { definition: costReport });
    const text = await textOf(model, { format: 'csv', tableId: 'tagTable' }, people);
    const told = text
      .split('\r\n')
      .slice(1, -1)
      .map((line) => line.split(',')[1]);
    assert.deepEqual(told, ['No tag', 'Tag 1', 'Tag 2']);
  });

  it('would fail these tests without pseudonyms', async () => {
    const found = new Set<string>();
    for (const definition of REPORTS) {
      const text = await textOf(await report(mirror, { definition, filter }), { format: 'json' });
      EVERY_SECRET.filter((secret) => writtenAs(secret).some((form) => text.includes(form))).forEach(
        (secret) => found.add(secret),
      );
    }
    assert.deepEqual(
      EVERY_SECRET.filter((secret) => !found.has(secret)),
      [],
    );
  });

  it('knows titles and files for reports of somebody who wrote them himself', async () => {
    const { titles, files } = await readPeople(mirror, 'en', true);
    assert.deepEqual([...titles].sort(), [...SECRETS.titles].sort());
    assert.deepEqual([...files].sort(), [...SECRETS.files, ...SECRETS.bases].sort());
  });

  it('uses the pseudonyms of the privacy mode', async () => {
    const [definition] = REPORTS;
    assert.ok(definition !== undefined);
    const text = await textOf(await report(mirror, { definition }), { format: 'json' }, people);
    for (const { remoteId } of people.users) {
      assert.ok(text.includes(pseudonymOf(remoteId)), remoteId);
    }
  });
});
