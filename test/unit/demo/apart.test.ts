import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateCompany } from '../../../src/sample/company/company';
import { CliStage } from '../cli/cliStage';

/** Every file below a folder with a hash of what is in it. */
function digestOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => `${path} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`)
    .sort();
}

describe('a data folder with a demo in it', function () {
  this.timeout(120_000);
  const stage = new CliStage(() => generateCompany({ name: 'real', users: 6, chats: 20, messages: 60 }));
  let demo = '';
  let untouched: readonly string[] = [];
  const alone: Record<string, string> = {};

  /** What commands say that look at all of the folder. */
  const looks: Readonly<Record<string, () => Promise<string>>> = {
    'its status': () => stage.ok(['status', '--json']),
    'its instances': () => stage.ok(['instances', 'list']),
    'its backups': () => stage.ok(['backups']),
    'its check': () => stage.ok(['check']),
    'its size': async () => (await stage.run(['free-up'])).err,
    'its rows': async () => JSON.stringify(await stage.rows('SELECT COUNT(*) AS chats FROM chats')),
  };

  before(async () => {
    await stage.set();
    await stage.add('real');
    await stage.ok(['sync']);
    for (const [what, look] of Object.entries(looks)) {
      alone[what] = await look();
    }
    demo = join(stage.data, 'demo');
    // As large a demo as the mirror: counted twice it would show in every number.
    const files = readdirSync(stage.data);
    for (const name of files) {
      cpSync(join(stage.data, name), join(demo, name), { recursive: true });
    }
    untouched = digestOf(demo);
  });
  after(() => stage.strike());

  for (const [what, look] of Object.entries(looks)) {
    it(`has it in no number: ${what}`, async () => {
      assert.equal(await look(), alone[what]);
    });
  }

  it('syncs, frees space and erases people, and the demo keeps every byte', async () => {
    await stage.ok(['sync', '--all', '--full']);
    await stage.ok(['free-up', '--text-months', '1', '--yes']);
    await stage.ok(['instances', 'set-privacy', 'real', 'names', '--yes']);
    const [person] = await stage.rows("SELECT email FROM users WHERE role = 'user' LIMIT 1");
    await stage.ok(['erase-person', 'real', String(person?.['email']), '--yes']);
    assert.deepEqual(digestOf(demo), untouched);
  });
});
