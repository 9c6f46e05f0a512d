import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { SampleServer } from '../../src/sample/server';
import { eventually, longMs } from './support/eventually';
import { Mirror } from './support/mirror';
import { takePictures } from './support/pictures';
import { countsOf } from './support/sample';
import { Stage } from './support/stage';
import type { VsCode } from './support/vsCode';
import type { Workbench } from './support/workbench';

const keyPrompt = 'API key. It is kept';
const numbers = new Intl.NumberFormat('en-US');

/** The newcomer's first minutes: each step goes on where the one before stopped. */
describe("the newcomer's path", function () {
  this.bail(true);
  const stage = new Stage();
  let server: SampleServer;
  let vsCode: VsCode;
  let workbench: Workbench;
  let mirror: Mirror;

  before(async () => {
    server = await stage.company('fasgpt');
    vsCode = await stage.open();
    workbench = vsCode.workbench;
    mirror = new Mirror(vsCode.dataFolder);
  });

  it('begins with an empty side bar that says what to do', async () => {
    await workbench.sideBar.open();
    await workbench.sideBar.welcomeButton('Add Instance').waitFor();
    await takePictures(vsCode, 'empty');
  });

  it('asks for address, name and key', async () => {
    await workbench.sideBar.welcomeButton('Add Instance').click();
    const { quickInput } = workbench;
    await quickInput.waitForStep('Address of the Open WebUI server');
    await quickInput.fill('not an address');
    await quickInput.message(/address/i).waitFor();
    await quickInput.fill(server.url);
    await takePictures(vsCode, 'add-instance-address');
    await quickInput.accept();
    await quickInput.answer('Name to show for it', 'fasgpt');
    await quickInput.waitForStep('How do you sign in?');
    await takePictures(vsCode, 'add-instance-method');
    await quickInput.pick(/API Key/);
    await quickInput.waitForStep(keyPrompt);
  });

  it('says that a key is wrong and asks for another one', async () => {
    await workbench.quickInput.answer(keyPrompt, 'sk-0123456789abcdef0123456789abcdef');
    await workbench.notifications.waitFor('rejects the key. Enter a new one.');
    await takePictures(vsCode, 'wrong-key');
    await workbench.notifications.choose('rejects the key', 'Edit');
    await workbench.quickInput.waitForStep(keyPrompt);
    assert.equal(await workbench.sideBar.row('fasgpt').count(), 0, 'nothing is added before the key works');
  });

  it('asks what the mirror may hold before anything is stored', async () => {
    await workbench.quickInput.answer(keyPrompt, server.apiKey);
    await workbench.quickInput.waitForStep('What may the mirror hold?');
    for (const mode of ['Full', 'Names without Text', 'Pseudonyms', 'Counts Only']) {
      await workbench.quickInput.entry(mode).waitFor();
    }
    await takePictures(vsCode, 'add-instance-privacy');
    await workbench.quickInput.accept();
  });

  it('says what will be stored, where, and how many calls that takes', async () => {
    const dialog = workbench.dialog(/Connected to fasgpt/);
    await dialog.waitFor();
    const text = await dialog.innerText();
    assert.match(text, /Stored: users, .*chats with their messages/);
    assert.ok(text.includes(vsCode.dataFolder), text);
    assert.match(text, /about \d+ calls and \d+ minutes?/);
    await takePictures(vsCode, 'add-instance');
  });

  it('counts while the first sync runs', async () => {
    await workbench.answerDialog(/Connected to fasgpt/, 'Sync Now');
    await workbench.notifications.waitFor(/chats [\d,]+ of [\d,]+/, longMs);
    await workbench.sideBar
      .row(/^fasgpt.*chats [\d,]+ of [\d,]+/)
      .first()
      .waitFor();
    await takePictures(vsCode, 'syncing');
  });

  it('shows in the tree what the server has', async () => {
    await waitForSync(workbench, longMs);
    await workbench.sideBar.expand('fasgpt');
    await assertTreeShows(countsOf(server.world));
    await workbench.sideBar.row(/Full sync/).waitFor();
    await takePictures(vsCode, 'tree');
  });

  it('leaves one database with the same numbers for any other tool', async () => {
    assert.deepEqual(await countsIn(mirror), countsOf(server.world));
  });

  it('finds with the next sync what happened on the server', async () => {
    const { chats } = server.world;
    const [oldest, next, ...others] = chats.all();
    assert.ok(oldest && next);
    chats.remove(oldest.id);
    chats.rename(next.id, 'Renamed by its owner');
    others.slice(-3).forEach(({ id }) => chats.addTurn(id, { prompt: 'And what came of it?' }));
    server.clearRequests();
    await workbench.runCommand('OpenWebUI Sync: Sync All');
    await workbench.sideBar
      .row(/Incremental sync.*new/)
      .first()
      .waitFor({ timeout: longMs });
    await assertTreeShows(countsOf(server.world));
    assert.ok(server.requests.length < 100, `${server.requests.length} requests`);
    await eventually(
      async () => isDeepStrictEqual(await countsIn(mirror), countsOf(server.world)),
      'the database with the same numbers',
    );
  });

  it('says so when nothing happened', async () => {
    await workbench.runCommand('OpenWebUI Sync: Sync All');
    await workbench.sideBar
      .row(/Incremental sync.*nothing changed/)
      .first()
      .waitFor({ timeout: longMs });
    await assertTreeShows(countsOf(server.world));
  });

  it('explains a run', async () => {
    await workbench.sideBar.row(/Full sync/).click();
    await workbench.tab(/Full sync/i).waitFor();
    await workbench.editor.waitForText(/Seen +38 +\d+ +482 +1,245/);
    await takePictures(vsCode, 'run');
  });

  async function assertTreeShows(counts: ReturnType<typeof countsOf>): Promise<void> {
    for (const [what, count] of Object.entries(counts)) {
      await workbench.sideBar
        .row(`${numbers.format(count)} ${what}`)
        .first()
        .waitFor();
    }
  }
});

async function waitForSync(workbench: Workbench, timeout: number): Promise<void> {
  await workbench.sideBar
    .row(/last sync/)
    .first()
    .waitFor({ timeout });
}

async function countsIn(mirror: Mirror): Promise<ReturnType<typeof countsOf>> {
  const [users = 0, chats = 0, messages = 0] = await Promise.all(
    ['users', 'chats', 'messages'].map((table) =>
      mirror.count(`SELECT COUNT(*) FROM ${table} WHERE is_deleted = 0`),
    ),
  );
  return { users, chats, messages };
}
