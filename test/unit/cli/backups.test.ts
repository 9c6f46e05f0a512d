import assert from 'node:assert/strict';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sealOf } from '../../../src/store/files/fileGeneration';
import { SampleWorld } from '../../../src/sample/world';
import { CliStage } from './cliStage';

function smallWorld(): SampleWorld {
  const world = new SampleWorld({ clock: () => Math.floor(Date.now() / 1000) });
  const admin = world.users.add({ name: 'Ada Admin', email: 'ada@example.test', role: 'admin' });
  for (const title of ['Rocket plans', 'Lunch menu']) {
    const chat = world.chats.add(admin.id, { title });
    world.chats.addTurn(chat.id, { prompt: `About ${title}`, answers: [{ content: 'Aye' }] });
  }
  return world;
}

describe('the command line and backups', function () {
  this.timeout(120_000);
  const stage = new CliStage(smallWorld);
  beforeEach(async () => {
    await stage.set();
    await stage.add();
    await stage.ok(['sync']);
    const [chat] = stage.server.world.chats.all();
    const added = stage.server.world.chats.add(chat?.userId ?? '', { title: 'Later' });
    stage.server.world.chats.addTurn(added.id, { prompt: 'Later words', answers: [{ content: 'Aye' }] });
    await stage.ok(['sync']);
  });
  afterEach(() => stage.strike());

  const titles = async (): Promise<unknown[]> =>
    (await stage.rows('SELECT title FROM chats WHERE is_deleted = 0 ORDER BY title')).map(
      ({ title }) => title,
    );

  it('lists backups, goes back to one after saying what changes, and back again', async () => {
    const list = await stage.ok(['backups']);
    assert.match(list, /^name +written +made +users +chats +messages +note\n/u);
    assert.match(
      list,
      /\ndb\/00000002\.db +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d +one of the last +1 +3 +6 +now\n/u,
    );
    assert.match(list, /\ndaily\/\d{4}-\d\d-\d\d\.db +.* +one a day +1 +2 +4\n/u);

    await stage.fails(['restore', 'db/00000001.db'], 2, /Nothing was changed\. Add --yes/u);
    const { code, out, err } = await stage.run(['restore', 'db/00000001.db', '--yes']);
    assert.equal(code, 0, err);
    assert.match(
      err,
      /It holds 1 chat and 2 messages fewer than now\.\nWhat is there now stays as a backup/u,
    );
    assert.match(
      out,
      /^Restored the backup of .*: 1 user, 2 chats, 4 messages\. .* kept as pinned\/restore-00000002\.db\.\n$/u,
    );
    assert.deepEqual(await titles(), ['Lunch menu', 'Rocket plans']);

    await stage.ok(['restore', 'pinned/restore-00000002.db', '--yes']);
    assert.deepEqual(await titles(), ['Later', 'Lunch menu', 'Rocket plans']);
  });

  it('catches up with the server after going back', async () => {
    await stage.ok(['restore', 'db/00000001.db', '--yes']);
    await stage.ok(['sync']);
    assert.deepEqual(await titles(), ['Later', 'Lunch menu', 'Rocket plans']);
    await stage.ok(['verify']);
    await stage.ok(['check']);
  });

  it('saves all in one file, from which a folder that was lost comes back', async () => {
    const disk = mkdtempSync(join(tmpdir(), 'cli-backup-'));
    try {
      await stage.ok(['backup', '--output', `${disk}/`]);
      const [file = '', ...others] = readdirSync(disk);
      assert.match(file, /^openwebui_sync-\d{4}-\d\d-\d\d-\d{6}\.db$/u);
      assert.deepEqual(others, []);

      rmSync(stage.data, { recursive: true });
      mkdirSync(join(stage.data, 'daily'), { recursive: true });
      await stage.add();
      copyFileSync(join(disk, file), join(stage.data, 'daily', file));
      await stage.ok(['restore', `daily/${file}`, '--yes']);
      assert.deepEqual(await titles(), ['Later', 'Lunch menu', 'Rocket plans']);
      await stage.ok(['check']);
      await stage.ok(['sync']);
      await stage.ok(['verify']);
    } finally {
      rmSync(disk, { recursive: true });
    }
  });

  it('refuses what is no backup', async () => {
    await stage.fails(
      ['restore', 'db/00000077.db', '--yes'],
      2,
      /There is no backup db\/00000077\.db\. To see them: backups/u,
    );
    await stage.fails(['restore', 'db/00000002.db', '--yes'], 2, /is what is there now/u);
    const daily = join(stage.data, 'daily', readdirSync(join(stage.data, 'daily'))[0] ?? '');
    writeFileSync(daily, 'rubbish');
    await stage.fails(
      ['restore', `daily/${daily.split('/').at(-1) ?? ''}`, '--yes'],
      1,
      /The file is damaged/u,
    );
  });

  it('checks the database: sound, damaged, and as data', async () => {
    assert.match(
      await stage.ok(['check']),
      /^Check of the database\n=+\n\nEverything is sound\.\nIn use: db\/00000002\.db\n/u,
    );
    const newest = join(stage.data, 'db', '00000002.db');
    writeFileSync(newest, readFileSync(newest).fill(1, 4_096, 4_200));
    const { code, out, err } = await stage.run(['check']);
    assert.equal(code, 5);
    assert.match(out, /Damage\n {2}db\/00000002\.db: It does not hold what was written to it\./u);
    assert.match(out, /In use: db\/00000001\.db/u);
    assert.match(err, /^Damage was found in 1 file\./u);
    const report = JSON.parse((await stage.run(['check', '--json'])).out) as { file: string };
    assert.equal(report.file, 'db/00000001.db');
  });

  it('says in one sentence what to do with a database of a newer version, and goes back to one of its own', async () => {
    const newest = join(stage.data, 'db', '00000003.db');
    const image = Buffer.from(readFileSync(join(stage.data, 'db', '00000002.db')).subarray(0, -64));
    image.writeUInt32BE(99, 60);
    writeFileSync(newest, Buffer.concat([image, sealOf(image, 3)]));
    assert.deepEqual(await stage.rows('SELECT count(*) AS n FROM chats'), [{ n: 3 }], 'it can be read');
    await stage.fails(['sync'], 1, /newer version of OpenWebUI Sync\. Update this one/u);
    assert.deepEqual(readdirSync(join(stage.data, 'db')).sort().at(-1), '00000003.db');
    const { err } = await stage.run(['restore', 'db/00000002.db', '--yes']);
    assert.match(err, /It holds as many users, chats and messages as now\.\n/u);
    assert.match(await stage.ok(['sync']), /nothing changed/u, 'a backup of its own version works again');
  });
});
