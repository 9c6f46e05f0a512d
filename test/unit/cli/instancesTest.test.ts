import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { SampleWorld } from '../../../src/sample/world';
import { assertSentence, CliStage } from './cliStage';

function smallWorld(): SampleWorld {
  const world = new SampleWorld({ clock: () => Math.floor(Date.now() / 1000) });
  const admin = world.users.add({ name: 'Ada Admin', email: 'ada@example.test', role: 'admin' });
  world.users.add({ name: 'Bob Builder', email: 'bob@example.test', apiKey: 'sk-bob' });
  world.chats.addTurn(world.chats.add(admin.id, { title: 'Rocket plans' }).id);
  return world;
}

describe('testing a connection at the command line', function () {
  this.timeout(120_000);
  const stage = new CliStage(smallWorld);
  beforeEach(async () => {
    await stage.set();
    await stage.add();
  });
  afterEach(() => stage.strike());

  it('tells the version and what the key may read, and stores nothing', async () => {
    const out = await stage.ok(['instances', 'test', 'FASGPT']);
    assert.match(
      out,
      /^Connected to fasgpt \(Open WebUI \d[\d.]*\)\.\n {2}The credential may read: users, groups, chats with their messages, .*\.\n$/u,
    );
    assert.ok(!readdirSync(stage.data).includes('openwebui_sync.db'));
  });

  it('says what is wrong with the key, and how it ends', async () => {
    const { code, out, err } = await stage.run(['instances', 'test'], { env: { FASGPT_KEY: 'sk-wrong' } });
    assert.equal(code, 1);
    assert.equal(out, '');
    assertSentence(
      err,
      /^fasgpt: .*rejects the key.*\nCannot be synced: fasgpt\. The lines above say why\.\n$/u,
    );
  });

  it('says that a key is not an administrator’s', async () => {
    const { code, err } = await stage.run(['instances', 'test'], { env: { FASGPT_KEY: 'sk-bob' } });
    assert.equal(code, 1);
    assertSentence(err, /^fasgpt: .*administrator/u);
  });

  it('says that nothing answers', async () => {
    await stage.run(['instances', 'add', 'gone', '--url', 'http://127.0.0.1:9', '--key-env', 'FASGPT_KEY']);
    await stage.fails(['instances', 'test', 'gone'], 1, /^gone: [^]*Cannot be synced: gone/u);
  });

  it('tells what cannot be read, with an exit code of its own', async () => {
    stage.server.setGates({ adminChatAccess: false });
    const { code, out, err } = await stage.run(['instances', 'test']);
    assert.equal(code, 3, err);
    assert.match(out, /\n {2}Not chats with their messages: /u);
    assertSentence(err, /^Not everything can be read: fasgpt\.\n$/u);
  });

  it('tests all, goes on after one that fails, and gives JSON', async () => {
    await stage.run(['instances', 'add', 'gone', '--url', 'http://127.0.0.1:9', '--key-env', 'FASGPT_KEY']);
    const { code, out } = await stage.run(['instances', 'test', '--all', '--json']);
    assert.equal(code, 1);
    const reports = JSON.parse(out) as {
      readonly instance: string;
      readonly ok: boolean;
      readonly version?: string;
      readonly areas: readonly { readonly area: string; readonly access: string }[];
      readonly problem?: { readonly code: string };
    }[];
    assert.deepEqual(
      reports.map(({ instance, ok, problem }) => [instance, ok, problem?.code]),
      [
        ['fasgpt', true, undefined],
        ['gone', false, 'connectionRefused'],
      ],
    );
    assert.ok(reports[0]?.areas.every(({ access }) => access === 'readable' || access === 'untested'));
  });

  it('needs a choice between several, and a key', async () => {
    await stage.add('resgpt');
    await stage.fails(
      ['instances', 'test'],
      2,
      /Name an instance, or use --all\. There are fasgpt, resgpt\./u,
    );
    await stage.run(['instances', 'set-key', 'resgpt', '--key-env', 'OTHER_KEY']);
    await stage.fails(['instances', 'test', 'resgpt'], 1, /The environment variable OTHER_KEY/u);
    await stage.fails(['instances', 'test', '--all'], 1, /Cannot be synced: resgpt/u);
  });
});
