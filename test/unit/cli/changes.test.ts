import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateCompany } from '../../../src/sample/company/company';
import { CliStage } from './cliStage';

const company = () => generateCompany({ name: 'fasgpt', users: 6, chats: 24, messages: 80 });

interface Letter {
  readonly week: string;
  readonly sections: readonly { readonly title: string; readonly sentences: readonly unknown[] }[];
}

describe('what changed at the command line', function () {
  this.timeout(120_000);
  const stage = new CliStage(company);
  let folder: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'changes-'));
    await stage.set();
    await stage.add();
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true, force: true });
    await stage.strike();
  });

  it('says that there is no data before the first sync', async () => {
    await stage.fails(['changes'], 1, /No data yet/u);
  });

  it('is a letter about the last week', async () => {
    await stage.ok(['sync', '--full']);
    const letter = await stage.ok(['changes']);
    assert.match(
      letter,
      /^Subject: What changed in \d{4}-W\d\d \(\d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d\): All instances\n/u,
    );
    assert.match(letter, /\n## All instances\n\n- /u);
    assert.match(letter, /\nData as of [^\n]+ Days are those of [^\n]+\.\n$/u);
  });

  it('is about the week and the instance that are named, as JSON where the file is one', async () => {
    await stage.ok(['sync', '--full']);
    const path = join(folder, 'letter.json');
    await stage.ok(['changes', '--week', '2026-w02', '--instance', 'FASGPT', '--output', path]);
    const { week, sections } = JSON.parse(readFileSync(path, 'utf8')) as Letter;
    assert.equal(week, '2026-W02');
    assert.deepEqual(
      sections.map(({ title }) => title),
      ['fasgpt'],
    );
    assert.ok((sections[0]?.sentences.length ?? 0) > 0);
  });

  it('gets the name of its week in a folder', async () => {
    await stage.ok(['sync', '--full']);
    await stage.ok(['changes', '--week', '2026-W02', '--output', folder]);
    assert.deepEqual(readdirSync(folder), ['what-changed-2026-W02.md']);
  });

  it('refuses a week that does not exist', async () => {
    await stage.fails(['changes', '--week', '2025-W53'], 2, /Give an ISO week such as 2026-W31/u);
  });
});
