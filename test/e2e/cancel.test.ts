import assert from 'node:assert/strict';
import type { SampleServer } from '../../src/sample/server';
import { eventually } from './support/eventually';
import { Mirror } from './support/mirror';
import { takePictures } from './support/pictures';
import { countsOf } from './support/sample';
import { Stage } from './support/stage';
import type { VsCode } from './support/vsCode';
import type { SideBar } from './support/sideBar';

/** The server answers so slowly that no sync ends by itself before it is cancelled. */
const latencyMs = 100;
const halfWay = 30;

describe('a sync that is stopped half-way', function () {
  this.timeout(120_000);
  this.bail(true);
  const stage = new Stage();
  let server: SampleServer;
  let vsCode: VsCode;
  let sideBar: SideBar;
  let mirror: Mirror;

  before(async () => {
    server = await stage.company('resgpt', { latencyMs });
    vsCode = await stage.open({ resgpt: server });
    ({ sideBar } = vsCode.workbench);
    mirror = new Mirror(vsCode.dataFolder);
    await sideBar.open();
  });

  it('ends at once when it is cancelled', async () => {
    await waitUntilHalfWay();
    const requested = server.requests.length;
    await vsCode.workbench.runCommand('OpenWebUI Sync: Cancel Sync');
    await sideBar.row(/^resgpt.*cancelled/).waitFor();
    const asked = server.requests.length - requested;
    assert.ok(asked < 50, `${asked} more requests`);
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
    await vsCode.workbench.runCommand('OpenWebUI Sync: Sync All');
    await sideBar.row(/^resgpt.*chats [\d,]+ of/).waitFor();
    await eventually(
      async () => server.requests.length > 0 && (await shownProgress()) > before + halfWay,
      'progress',
    );
    await vsCode.reload();
    await sideBar.open();
    await sideBar.row(/^resgpt.*(cancelled|interrupted)/).waitFor();
    await eventually(async () => (await keptChats()) > before, 'more chats than before');
  });

  it('goes on where it stopped', async () => {
    const kept = await keptChats();
    server.clearRequests();
    await vsCode.workbench.runCommand('OpenWebUI Sync: Sync All');
    await sideBar.row(/^resgpt.*last sync/).waitFor({ timeout: 90_000 });
    const { chats } = countsOf(server.world);
    await eventually(async () => (await keptChats()) === chats, 'all chats');
    const fetched = server.requests.filter(({ path }) => path.includes('/chats/share/')).length;
    assert.ok(fetched <= chats - kept + 1, `${fetched} chats fetched, ${kept} of ${chats} were there`);
  });

  function keptChats(): Promise<number> {
    return mirror.count('SELECT COUNT(*) FROM chats WHERE is_deleted = 0');
  }

  async function shownProgress(): Promise<number> {
    const text = await sideBar.row('resgpt').first().innerText();
    return Number(/chats ([\d,]+) of/.exec(text)?.[1]?.replace(',', '') ?? 0);
  }

  async function waitUntilHalfWay(): Promise<void> {
    await eventually(async () => (await shownProgress()) > halfWay, `more than ${halfWay} chats`, 60_000);
  }
});
