import { SAMPLE_VERSIONS } from '../../../../../src/sample/versions';
import { anyOf, type Actions } from './action';

const HOUR = 3_600;
const DAY = 24 * HOUR;

/** What the server's operator does, and what time and this machine do. */
export const OPERATOR: Actions = {
  upgrade: [
    2,
    ({ world }, random) => {
      const newer = SAMPLE_VERSIONS.slice(SAMPLE_VERSIONS.indexOf(world.version) + 1);
      world.version = anyOf(newer, random) ?? world.version;
    },
  ],
  closeChats: [1, ({ server }) => server.setGates({ adminChatAccess: false })],
  switchKeysOff: [1, ({ server }) => server.setGates({ apiKeys: false })],
  limitKey: [
    1,
    ({ server }) => server.setGates({ keyPaths: ['/api/v1/users', '/api/v1/chats', '/api/v1/files'] }),
  ],
  openGates: [3, ({ server }) => server.setGates({ adminChatAccess: true, apiKeys: true, keyPaths: null })],
  backUp: [1, (scenario) => scenario.backUpServer()],
  restore: [1, (scenario) => scenario.restoreServer()],
  reinstall: [1, (scenario) => scenario.reinstallServer()],
  hoursPass: [3, (scenario, random) => scenario.pass(random.integer(1, 8) * HOUR)],
  daysPass: [2, (scenario, random) => scenario.pass(random.integer(1, 9) * DAY)],
  setClock: [1, (scenario, random) => scenario.setClock(random.pick([-2, -1, 1, 30]) * HOUR)],
  restartUs: [2, (scenario) => scenario.restart()],
};
