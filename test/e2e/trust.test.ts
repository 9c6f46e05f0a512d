import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SampleServer } from '../../src/sample/server';
import { codeOf } from '../../src/store/errors';
import { eventually, longMs } from './support/eventually';
import { Mirror } from './support/mirror';
import { takePictures } from './support/pictures';
import { countsOf } from './support/sample';
import { Stage, withoutPauses } from './support/stage';
import type { VsCode } from './support/vsCode';
import type { Workbench } from './support/workbench';

const sentence = 'Only the purple giraffe knows this';

/** What a careful administrator does: little is stored, every change is seen before, nothing vanishes unseen. */
describe("the careful administrator's path", function () {
  this.bail(true);
  const stage = new Stage();
  let server: SampleServer;
  let vsCode: VsCode;
  let workbench: Workbench;
  let mirror: Mirror;

  before(async () => {
    server = await stage.company('resgpt');
    const [chat] = server.world.chats.all();
    server.world.chats.addTurn(chat?.id ?? '', { prompt: sentence });
    vsCode = await stage.open({}, withoutPauses);
    workbench = vsCode.workbench;
    mirror = new Mirror(vsCode.dataFolder);
    await workbench.sideBar.open();
  });

  it('adds a server without the text of its chats', async () => {
    const { quickInput } = workbench;
    await workbench.runCommand('OpenWebUI Sync: Add Instance...');
    await quickInput.answer('Address of the Open WebUI server', server.url);
    await quickInput.answer('Name to show for it', 'resgpt');
    await quickInput.waitForStep('How do you sign in?');
    await quickInput.pick(/API Key/);
    await quickInput.answer('API key. It is kept', server.apiKey);
    await quickInput.waitForStep('What may the mirror hold?');
    await quickInput.pick('Names without Text');
    assert.match(await workbench.dialog(/Connected to resgpt/).innerText(), /Privacy: Names without Text/);
    await workbench.answerDialog(/Connected to resgpt/, 'Sync Now');
    await workbench.sideBar.row(/^resgpt.*last sync/).waitFor({ timeout: longMs });
    assert.equal(await mirror.count('SELECT count(*) FROM chats'), countsOf(server.world).chats);
    assert.equal(await mirror.count('SELECT count(content) FROM messages'), 0);
    assert.equal(await mirror.count(`SELECT count(title) FROM chats WHERE title <> ''`), 0);
    assert.deepEqual(await filesWith(sentence), []);
    await workbench.sideBar.expand('resgpt');
    await workbench.sideBar.row(/Privacy.*Names without Text/).waitFor();
    await takePictures(vsCode, 'privacy');
  });

  it('sees what a sync would change before it changes it', async () => {
    const { chats } = server.world;
    const [first] = chats.all();
    chats.addTurn(first?.id ?? '', { prompt: 'And then?' });
    const before = await readFile(join(vsCode.dataFolder, 'openwebui_sync.db'));
    await workbench.runCommand('OpenWebUI Sync: Preview Sync');
    await workbench.notifications.waitFor(/A sync of resgpt would find: /, longMs);
    await workbench.editor.waitForText(/Preview of resgpt/);
    await takePictures(vsCode, 'preview');
    assert.ok(before.equals(await readFile(join(vsCode.dataFolder, 'openwebui_sync.db'))));
    await workbench.notifications.choose(/A sync of resgpt would find: /, 'Sync');
    await workbench.sideBar
      .row(/Incremental sync/)
      .first()
      .waitFor({ timeout: longMs });
  });

  it('has the mirror compared with the server', async () => {
    await workbench.runCommand('OpenWebUI Sync: Verify');
    await workbench.notifications.waitFor('resgpt: the mirror equals the server', longMs);
    await workbench.tab(/Verification of resgpt/).waitFor();
    await takePictures(vsCode, 'verify');
    await workbench.notifications.dismissAll();
  });

  it('removes the names too, after seeing what goes, from every file', async () => {
    const person = server.world.users.all().find(({ role }) => role === 'user');
    assert.ok(person);
    assert.ok((await filesWith(person.email)).length > 0);
    await workbench.runCommand('OpenWebUI Sync: Change Privacy Mode...');
    await workbench.quickInput.waitForStep('What may the mirror hold?');
    await takePictures(vsCode, 'change-privacy');
    await workbench.quickInput.pick('Pseudonyms');
    const question = workbench.dialog(/keep “Pseudonyms” and remove the rest\?/);
    await question.waitFor();
    assert.match(await question.innerText(), /This cannot be undone/);
    assert.match(await question.innerText(), /db\/\d+\.db/);
    await takePictures(vsCode, 'change-privacy-question');
    await workbench.answerDialog(/remove the rest\?/, 'Remove Data');
    await workbench.notifications.waitFor(/resgpt: Pseudonyms\. Removed: /, longMs);
    assert.deepEqual(await filesWith(person.email), []);
    assert.deepEqual(await filesWith(person.name), []);
    assert.match(
      String((await mirror.query('SELECT name FROM users LIMIT 1'))[0]?.['name']),
      /^User [0-9A-F]+$/,
    );
  });

  it('keeps what vanishes at once until the deletions were reviewed', async () => {
    const { chats } = server.world;
    const gone = chats.all().slice(0, Math.ceil(chats.all().length / 2));
    gone.forEach(({ id }) => chats.remove(id, 'admin'));
    const held = new RegExp(`${gone.length} deletions held back`);
    await workbench.runCommand('OpenWebUI Sync: Reconcile');
    await workbench.sideBar.row(held).first().waitFor({ timeout: longMs });
    await workbench.notifications.waitFor(held);
    await takePictures(vsCode, 'held-deletions');
    await workbench.notifications.choose(held, 'Review Deletions');
    await workbench.tab(/Deletions of resgpt/).waitFor();
    await workbench.notifications.waitFor('Are they really gone?');
    await takePictures(vsCode, 'review-deletions');
    await workbench.notifications.choose('Are they really gone?', 'Mark Deleted...');
    await workbench.answerDialog(/as deleted\?/, 'Mark Deleted');
    await eventually(
      async () =>
        (await mirror.count('SELECT count(*) FROM chats WHERE is_deleted = 0')) === chats.all().length,
      'the deletions in the mirror',
      longMs,
    );
    await workbench.sideBar.row('to be reviewed').waitFor({ state: 'detached' });
  });

  /** Files of the data folder that hold a text. */
  async function filesWith(text: string): Promise<readonly string[]> {
    const entries = await readdir(vsCode.dataFolder, { recursive: true, withFileTypes: true });
    const paths = entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name));
    const held = await Promise.all(paths.map(async (path) => (await bytesOf(path)).includes(text)));
    return paths.filter((_, index) => held[index]);
  }
});

/** A file that has gone since its folder was listed holds nothing. */
async function bytesOf(path: string): Promise<Buffer> {
  return readFile(path).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') {
      return Buffer.alloc(0);
    }
    throw error;
  });
}
