import assert from 'node:assert/strict';
import { Notices, type Notice } from '../../../../src/extension/help/notices';

const NEVER = "Don't Show Again";

interface Shown {
  readonly severity: string;
  readonly text: string;
  readonly labels: readonly string[];
}

/** A host whose person presses these buttons, in this order. */
function aHost(...presses: readonly (string | undefined)[]) {
  const kept = new Map<string, unknown>();
  const shown: Shown[] = [];
  const logged: string[] = [];
  const queue = [...presses];
  let changes = 0;
  const notices = new Notices({
    show: (severity, text, ...labels) => {
      shown.push({ severity, text, labels });
      return Promise.resolve(queue.shift());
    },
    state: {
      get: (key) => kept.get(key),
      update: (key, value) => Promise.resolve(void kept.set(key, value)),
    },
    log: { info: (line) => logged.push(line), error: (line) => logged.push(line) },
    onDidChange: () => {
      changes += 1;
    },
  });
  return { notices, shown, logged, kept, changes: () => changes };
}

const LARGE: Notice = { id: 'largeMirror', text: 'The database is large.' };
/** All that waits for answers that are there already. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a message that comes by itself', () => {
  it('offers what can be done and not to come again', async () => {
    const { notices, shown } = aHost();
    notices.tell({ ...LARGE, severity: 'warning', actions: [{ label: 'Free Up Space...', run: () => 0 }] });
    await settled();
    assert.deepEqual(shown, [{ severity: 'warning', text: LARGE.text, labels: ['Free Up Space...', NEVER] }]);
  });

  it('does what was pressed, and nothing when it is closed', async () => {
    const { notices } = aHost('B', undefined);
    const done: string[] = [];
    const actions = ['A', 'B'].map((label) => ({ label, run: () => done.push(label) }));
    notices.tell({ ...LARGE, actions });
    notices.tell({ ...LARGE, actions });
    await settled();
    assert.deepEqual(done, ['B']);
  });

  it('stays away once somebody said so, over a restart, and goes to the log', async () => {
    const { notices, shown, logged, kept, changes } = aHost(NEVER);
    notices.tell(LARGE);
    await settled();
    notices.tell(LARGE);
    await settled();
    assert.equal(shown.length, 1);
    assert.deepEqual(logged, [LARGE.text]);
    assert.deepEqual([...kept.values()], [['largeMirror']]);
    assert.equal(changes(), 1);
  });

  it('hides no other one', async () => {
    const { notices, shown } = aHost(NEVER);
    notices.tell(LARGE);
    await settled();
    notices.tell({ id: 'zoneDiffers', text: 'Another zone.' });
    await settled();
    assert.equal(shown.length, 2);
  });

  it('comes again after a reset', async () => {
    const { notices, shown } = aHost(NEVER);
    notices.tell(LARGE);
    await settled();
    assert.deepEqual(notices.hidden(), ['largeMirror']);
    await notices.reset();
    assert.deepEqual(notices.hidden(), []);
    notices.tell(LARGE);
    await settled();
    assert.equal(shown.length, 2);
  });

  it('tells the log when its action fails', async () => {
    const { notices, logged } = aHost('A');
    notices.tell({ ...LARGE, actions: [{ label: 'A', run: () => Promise.reject(new Error('no way')) }] });
    await settled();
    assert.match(logged.join(), /Notice largeMirror: .*no way/);
  });
});
