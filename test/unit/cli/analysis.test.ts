import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildReport } from '../../../src/reports/buildReport';
import { findReport } from '../../../src/reports/catalogue';
import { openingSettings } from '../../../src/reports/reportDefinition';
import { ReportExporter } from '../../../src/reports/export/exporter';
import { SampleWorld } from '../../../src/sample/world';
import { loadInstances } from '../../../src/store/instances/instancesFile';
import { acquireSyncLock } from '../../../src/store/locks/syncLock';
import { createReader } from '../../../src/store/reader';
import { assertSentence, CliStage } from './cliStage';

const NOW = Math.floor(Date.now() / 1000);
const DIST = join(__dirname, '..', '..', '..', 'dist');

/** Two people and a robot with answers of one model. */
function world(): SampleWorld {
  const made = new SampleWorld({ clock: () => NOW });
  for (const [name, role, days] of [
    ['Ada', 'admin', 5],
    ['Bob', 'user', 3],
    ['Robot', 'user', 2],
  ] as const) {
    const { id } = made.users.add({ name, email: `${name.toLowerCase()}@example.test`, role });
    made.runAt(NOW - days * 86_400, () => {
      const chat = made.chats.add(id, { title: `Plan of ${name}`, models: ['gpt-4o'] });
      made.chats.addTurn(chat.id, {
        prompt: 'What?',
        answers: [
          { model: 'gpt-4o', content: 'That.', usage: { prompt_tokens: 1000, completion_tokens: 100 } },
        ],
      });
    });
  }
  return made;
}

describe('analysis', function () {
  this.timeout(120_000);
  const stage = new CliStage(world);
  beforeEach(async () => {
    await stage.set();
    await stage.add();
    await stage.ok(['sync']);
  });
  afterEach(() => stage.strike());

  const path = (): string => join(stage.data, 'analysis.json');
  const type = (content: object): void => {
    writeFileSync(path(), JSON.stringify(content));
  };
  const price = (inputPerMillion: number) => ({
    model: 'gpt-4o',
    validFrom: new Date((NOW - 30 * 86_400) * 1000).toISOString().slice(0, 10),
    currency: 'USD',
    inputPerMillion,
    outputPerMillion: 10,
  });
  const reportOf = async (name: string): Promise<unknown> =>
    numbersOf(JSON.parse(await stage.ok(['report', name, '--period', 'all', '--format', 'json'])));

  it('says where the file is, what it says with all sections, and whether it can be used', async () => {
    assert.equal(await stage.ok(['analysis', 'path']), `${path()}\n`);
    assert.equal(existsSync(path()), false);
    const shown = JSON.parse(await stage.ok(['analysis', 'show'])) as Record<string, unknown>;
    assert.deepEqual([shown['costType'], shown['prices']], ['actual', []]);
    type({ prices: [price(2)] });
    assert.match(
      await stage.ok(['analysis', 'check']),
      /^cost type: actual, allocation: auto, prices: 1\nThe database does not follow it yet/,
    );
    await stage.ok(['analysis', 'apply']);
    assert.match(await stage.ok(['analysis', 'check']), /The database follows it\.\n$/);
    writeFileSync(path(), '{"prices": [{}]}');
    await stage.fails(['analysis', 'check'], 1, /analysis\.json cannot be used: prices\[0\]\.model: /);
    await stage.fails(['analysis', 'apply'], 1, /Correct it there/);
  });

  it('counts in the next report after the file was changed by hand', async () => {
    type({ prices: [price(2)] });
    const before = await reportOf('cost');
    type({ prices: [price(200)] });
    assert.notDeepEqual(await reportOf('cost'), before);
    type({ prices: [price(2)] });
    assert.deepEqual(await reportOf('cost'), before);
  });

  it('holds what the commands of prices and budgets keep', async () => {
    await stage.ok(['prices', 'set', 'gpt-4o', '--input', '3', '--output', '12', '--from', '2025-01-01']);
    await stage.ok(['budget', 'set', '500', '--instance', 'fasgpt']);
    const kept = JSON.parse(readFileSync(path(), 'utf8')) as Record<string, unknown>;
    assert.deepEqual(kept['prices'], [
      {
        model: 'gpt-4o',
        validFrom: '2025-01-01',
        currency: 'USD',
        inputPerMillion: 3,
        outputPerMillion: 12,
        source: 'admin',
      },
    ]);
    assert.deepEqual(kept['budgets'], [{ instance: 1, currency: 'USD', monthlyAmount: 500 }]);
  });

  it('warns that numbers are those of before while the file cannot be used, or a sync runs', async () => {
    type({ prices: [price(2)] });
    const before = await reportOf('cost');
    writeFileSync(path(), '{');
    const damaged = await stage.run(['report', 'cost', '--period', 'all', '--format', 'json']);
    assertSentence(damaged.err, /cannot be used: it is not JSON .* Until then the numbers stay as they are/);
    assert.deepEqual(numbersOf(JSON.parse(damaged.out)), before);
    type({ prices: [price(200)] });
    const attempt = await acquireSyncLock(stage.data, { version: 'test' });
    assert.ok(attempt.status === 'acquired');
    const busy = await stage.run(['report', 'cost', '--period', 'all', '--format', 'json']);
    await attempt.lock.release();
    assert.equal(busy.code, 0, busy.err);
    assertSentence(
      busy.err,
      /analysis\.json was changed, and these numbers do not know it yet: .*analysis apply/,
    );
    assert.deepEqual(numbersOf(JSON.parse(busy.out)), before);
  });

  it('gives the editor and the command line the same numbers', async () => {
    const [robot] = await stage.rows(`SELECT remote_id FROM users WHERE name = 'Robot'`);
    const plain = await reportOf('users');
    type({
      prices: [price(2)],
      budgets: [{ currency: 'USD', monthlyAmount: 50 }],
      excludedAccounts: [{ instance: 1, user: robot?.['remote_id'] }],
      holidays: [{ date: '2025-12-25', name: 'Christmas' }],
    });
    for (const name of ['cost', 'users', 'overview']) {
      const typed = await reportOf(name);
      assert.deepEqual(await inEditor(stage.data, name), typed, name);
      if (name === 'users') {
        assert.notDeepEqual(typed, plain, 'the robot counts no more');
      }
    }
  });
});

/** A report as the editor makes it: its reader's thread on the folder, its exporter's JSON. */
async function inEditor(folder: string, name: string): Promise<unknown> {
  const definition = findReport(name);
  assert.ok(definition !== undefined);
  const reader = createReader({ folder, workerPath: join(DIST, 'reader.js') });
  const exporter = new ReportExporter(join(DIST, 'reportExport.js'));
  try {
    const settings = openingSettings(definition, { kind: 'all' });
    const { zone } = await loadInstances(folder);
    const model = await buildReport(reader, definition, {
      settings: { ...settings, period: { kind: 'preset', preset: 'all' } },
      now: Math.floor(Date.now() / 1000),
      zone,
      locale: 'en',
    });
    const json = Buffer.from(await exporter.render(model, { format: 'json' })).toString();
    return numbersOf(JSON.parse(json));
  } finally {
    await exporter.dispose();
    reader.dispose();
  }
}

/** A report without when it was made, and of which of several equal databases. */
function numbersOf(report: unknown): unknown {
  const { writtenAt, generation, ...numbers } = report as Readonly<Record<string, unknown>>;
  assert.ok(writtenAt !== undefined && generation !== undefined);
  return numbers;
}
