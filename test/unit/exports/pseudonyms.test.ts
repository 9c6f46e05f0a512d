import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readXlsx } from 'hucre/xlsx';
import type { TableFormat } from '../../../src/exports/exportTypes';
import { exportColumns } from '../../../src/exports/tables/columns';
import { EXPORTED_TABLES } from '../../../src/exports/tables/exportedTables';
import { isDeclared, withoutNames } from '../../../src/exports/tables/privateTexts';
import { readExports } from '../../../src/store/exportLedger/exportLedger';
import { pseudonymOf } from '../../../src/store/instances/people';
import { migrate } from '../../../src/store/migrations';
import { SqliteDatabase } from '../../../src/store/sqlite/sqlite';
import type { MirrorDatabase } from '../../../src/store/writer/mirrorDatabase';
import { PURGE_STEPS } from '../../../src/store/writer/purgeSteps';
import { begin, chat, fetched, message, rating, runEnd, user } from '../store/builders';
import { filesIn } from '../store/published';
import { LAST_EVENING, parquetRows, tell, useExports } from './stage';

const SECRETS = [
  ...['Annegret Quillfeather', 'annegret@quill.example', 'annegret-1', 'Dagobert "D" <Duck>'],
  ...[
    'Zebra merger with Contoso',
    'a very private word',
    'lawsuit',
    'He was rude to me',
    'Too slow. I gave up',
  ],
  ...['payroll-march.xlsx', 'Layoff playbook', 'Where the plans are', 'Night crew', 'Those who know'],
];
const ALL_TABLES = EXPORTED_TABLES.map(({ name }) => name);

describe('columns of text in an export with pseudonyms', () => {
  let database: SqliteDatabase;
  before(async () => {
    database = await SqliteDatabase.open();
    migrate(database);
  });
  after(() => database.close());

  it('say what becomes of them', () => {
    const unknown = EXPORTED_TABLES.flatMap((table) =>
      exportColumns(database, table)
        .filter(({ kind, name }) => kind === 'text' && !isDeclared(table.name, name))
        .map(({ name }) => `${table.name}.${name}`),
    );
    assert.deepEqual(unknown, [], 'a new column has to be thought about: list it in privateTexts.ts');
  });

  it('hold nothing that the privacy mode keeps back', () => {
    const columnsOf = (set: string): string[] => [...set.matchAll(/(\w+) = /gu)].map(([, name = '']) => name);
    const steps = PURGE_STEPS.filter(({ rule }) => rule !== 'keepsIdentities');
    const bare = steps.flatMap(({ table, set = '' }) =>
      columnsOf(set)
        .filter((column) => withoutNames(table, column, 't.x') === 't.x')
        .map((column) => `${table}.${column}`),
    );
    assert.deepEqual(bare, []);
  });

  it('hold no value of a tag, which may be a name', () => {
    assert.deepEqual(
      ['chat_tags', 'cost_daily'].map((table) => withoutNames(table, 'tag', 't.tag')),
      ['NULL', 'NULL'],
    );
  });

  it('are empty where nobody has said so', () => {
    assert.equal(withoutNames('users', 'nickname', 't.nickname'), 'NULL');
  });
});

describe('an export with pseudonyms', () => {
  const stage = useExports();

  /** A mirror with secrets in every kind of column. */
  async function told(): Promise<MirrorDatabase> {
    const mirror = await stage.open();
    const run = begin(mirror, 'secrets', 1, { name: 'Annegret Quillfeather' });
    mirror.applyUsers(run, [
      user('annegret-1', { name: 'Annegret Quillfeather', email: 'annegret@quill.example' }),
      user('duck', { name: 'Dagobert "D" <Duck>', email: undefined }),
      user('sign', { name: '-', email: undefined }),
    ]);
    mirror.applyGroups(run, [
      {
        remoteId: 'g1',
        name: 'Night crew',
        description: 'Those who know',
        memberRemoteIds: ['annegret-1', 'duck'],
      },
    ]);
    mirror.applyModels(run, [
      {
        modelId: 'quill-helper',
        name: 'Helper of Annegret Quillfeather',
        source: 'workspace',
        owner: 'annegret-1',
        isActive: true,
      },
    ]);
    mirror.applyKnowledgeBases(run, [
      { remoteId: 'k1', name: 'Layoff playbook', description: 'Where the plans are' },
    ]);
    mirror.applyFiles(run, [{ remoteId: 'f1', filename: 'payroll-march.xlsx', userRemoteId: 'duck' }]);
    mirror.applyChat(
      run,
      fetched(
        chat('c1', {
          userRemoteId: 'annegret-1',
          title: 'Zebra merger with Contoso',
          tags: ['lawsuit'],
          createdAt: LAST_EVENING,
          messages: [
            message('q', { createdAt: LAST_EVENING, content: 'a very private word' }),
            message('a', {
              parentRemoteId: 'q',
              role: 'assistant',
              modelId: 'helper of Annegret Quillfeather',
              createdAt: LAST_EVENING + 1,
            }),
          ],
        }),
      ),
    );
    mirror.applyFeedback(run, [
      rating('r1', {
        userRemoteId: 'annegret-1',
        reason: 'Too slow. I gave up',
        comment: 'He was rude to me',
        tags: ['lawsuit'],
        createdAt: LAST_EVENING,
      }),
    ]);
    mirror.endRun(runEnd({ runId: run, status: 'partial', error: 'payroll-march.xlsx is gone' }));
    mirror.publish();
    return mirror;
  }

  /** All that the folder holds, compressed or not, as one text. */
  async function contentOf(): Promise<string> {
    const parts: string[] = [];
    const plain = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);
    for (const [name, bytes] of filesIn(stage.output())) {
      parts.push(name, bytes.toString('utf8'));
      if (name.endsWith('.parquet')) {
        for (const row of await parquetRows(join(stage.output(), name))) {
          parts.push(
            ...Object.values(row).map((value) =>
              typeof value === 'string' ? value : JSON.stringify(value, plain),
            ),
          );
        }
      } else if (name.endsWith('.xlsx')) {
        parts.push(...(await readXlsx(bytes)).sheets.flatMap(({ rows }) => rows.flat().map(String)));
      }
    }
    return parts.join('\n');
  }

  const found = (content: string): string[] =>
    SECRETS.filter((secret) => [secret, secret.replaceAll('"', '""')].some((form) => content.includes(form)));

  for (const format of ['parquet', 'csv', 'xlsx'] satisfies TableFormat[]) {
    it(`holds neither a name nor an address nor a text, as ${format}`, async () => {
      await told();
      await stage.run({ format, tables: ALL_TABLES });
      assert.deepEqual(found(await contentOf()), SECRETS, 'without pseudonyms it holds all of them');
      await stage.runAgain({ isPseudonymised: true });
      const content = await contentOf();
      assert.deepEqual(found(content), []);
      assert.ok(content.includes(pseudonymOf('annegret-1')));
      assert.ok(content.includes('Other groups'));
    });
  }

  it('names people as reports do, in all tables alike', async () => {
    await told();
    await stage.run({ format: 'csv', isPseudonymised: true, tables: ['users', 'models', 'messages'] });
    const lines = (name: string): string => readFileSync(join(stage.output(), `${name}.csv`), 'utf8');
    const ann = pseudonymOf('annegret-1');
    assert.ok(lines('users').includes(`,${ann},${ann},,`));
    assert.ok(lines('models').includes(`,Helper of ${ann},`));
    assert.ok(lines('models').includes(`,quill-helper,`), 'a name such as - is no reason to take signs away');
    assert.ok(lines('messages').includes(`,helper of ${ann},`));
  });

  it('is written again as a whole when pseudonyms are switched on or off', async () => {
    await told();
    const { files } = await stage.run();
    const on = await stage.runAgain({ isPseudonymised: true, tables: ['users'] });
    assert.deepEqual([on.files, on.isPseudonymised], [files, true], 'whichever tables were asked for');
    const off = await stage.runAgain({ isPseudonymised: false });
    assert.deepEqual([off.files, off.isPseudonymised], [files, false]);
    assert.ok((await contentOf()).includes('Annegret Quillfeather'));
  });

  it('stays one until somebody says otherwise', async () => {
    const mirror = await told();
    await stage.run({ isPseudonymised: true });
    tell(mirror, 'c2', { text: 'lawsuit' });
    assert.ok((await stage.runAgain()).files > 0);
    assert.deepEqual(found(await contentOf()), []);
    assert.equal((await stage.runAgain()).files, 0);
  });

  it('is noted as one, from when on nobody is named in the folder', async () => {
    await told();
    const noted = async (): Promise<unknown> => (await readExports(stage.root())).at(-1)?.isPseudonymised;
    await stage.run();
    assert.equal(await noted(), undefined);
    await stage.runAgain({ isPseudonymised: true });
    assert.equal(await noted(), true);
    await stage.runAgain({ isPseudonymised: false });
    assert.equal(await noted(), undefined);
  });

  it('is no complete copy of the database', async () => {
    await told();
    await assert.rejects(
      stage.run({ format: 'sqlite', isPseudonymised: true }),
      /holds everything as it is. With pseudonyms, choose Parquet, CSV or Excel/u,
    );
    assert.deepEqual(stage.files(), []);
  });
});
