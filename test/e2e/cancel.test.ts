import assert from 'node:assert/strict';
import type { SampleServer } from '../../src/sample/server';
import { holdAnswers } from '../heldAnswers';
import { eventually, longMs } from './support/eventually';
import { Mirror } from './support/mirror';
import { takePictures } from './support/pictures';
import { countsOf } from './support/sample';
import { Stage } from './support/stage';
import type { VsCode } from './support/vsCode';
import type { SideBar } from './support/sideBar';

const halfWay = 30;
/** Whoever waits for what is held back goes on waiting. */
const patient = { 'openwebuiSync.requests.timeoutSeconds': 600 };

const isChat = ({ path }: { readonly path: string }): boolean => path.includes('/chats/share/');

describe('a sync that is stopped half-way', function () {
  this.bail(true);
  const stage = new Stage();
  let server: SampleServer;
  let vsCode: VsCode;
  let sideBar: SideBar;
  let mirror: Mirror;
  let letGo: () => void;

  before(async () => {
    server = await stage.company('resgpt');
    letGo = holdAfter(2 * halfWay);
    vsCode = await stage.open({ resgpt: server }, patient);
    ({ sideBar } = vsCode.workbench);
    mirror = new Mirror(vsCode.dataFolder);
    await sideBar.open();
  });

  it('ends at once when it is cancelled', async () => {
    await progressBeyond(halfWay);
    await vsCode.workbench.runCommand('OpenWebUI Sync: Cancel Sync');
    await sideBar.row(/^resgpt.*cancelled/).waitFor();
    letGo();
  });

  it('keeps what was fetched, and the tree says so', async () => {
    await sideBar.expand('resgpt');
    await sideBar.row('what was fetched is kept').first().waitFor();
    await takePictures(vsCode, 'cancelled');
    const kept = await mirror.count('SELECT COUNT(*) FROM chats WHERE is_deleted = 0');
    assert.ok(kept >= halfWay && kept < countsOf(server.world).chats, `${kept} chats`);
    await sideBar.row(`${kept} chats`).first().waitFor();
  });

  it('keeps it too when the window is closed meanwhile', async () => {
    const before = await keptChats();
    letGo = holdAfter(before + 2 * halfWay);
    await vsCode.workbench.runCommand('OpenWebUI Sync: Sync All');
    await progressBeyond(before + halfWay);
    await vsCode.reload();
    letGo();
    await sideBar.open();
    await sideBar.row(/^resgpt.*(cancelled|interrupted)/).waitFor();
    await eventually(async () => (await keptChats()) > before, 'more chats than before');
  });

  it('goes on where it stopped', async () => {
    const kept = await keptChats();
    server.clearRequests();
    await vsCode.workbench.runCommand('OpenWebUI Sync: Sync All');
    await sideBar.row(/^resgpt.*last sync/).waitFor({ timeout: longMs });
    const { chats } = countsOf(server.world);
    await eventually(async () => (await keptChats()) === chats, 'all chats');
    const fetched = server.requests.filter(isChat).length;
    assert.ok(fetched <= chats - kept + 1, `${fetched} chats fetched, ${kept} of ${chats} were there`);
  });

  function keptChats(): Promise<number> {
    return mirror.count('SELECT COUNT(*) FROM chats WHERE is_deleted = 0');
  }

  async function shownProgress(): Promise<number> {
    const text = await sideBar.row('resgpt').first().innerText();
    return Number(/chats ([\d,]+) of/.exec(text)?.[1]?.replace(',', '') ?? 0);
  }

  async function progressBeyond(chats: number): Promise<void> {
    await eventually(async () => (await shownProgress()) > chats, `more than ${chats} chats`, longMs);
  }

  /** The server answers so many chats and holds the others back: no sync ends by itself before it is stopped. */
  function holdAfter(chats: number): () => void {
    let asked = 0;
    return holdAnswers(server, (request) => isChat(request) && ++asked > chats);
  }
});
