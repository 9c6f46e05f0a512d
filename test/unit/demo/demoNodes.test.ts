import assert from 'node:assert/strict';
import { demoNodes, type ShownDemo } from '../../../src/extension/demo/demoNodes';
import { demoScopeOf } from '../../../src/extension/demo/demoScope';
import { instancesFromArguments } from '../../../src/extension/instances/selection';
import { anInstance, aStatus } from '../extension/builders';

/** A demo with one instance, whose id is that of an instance of the mirror. */
const DEMO = {
  instances: { list: () => [anInstance({ id: 1, name: 'Demo Sales' })] },
  mirror: {
    status: {
      version: 1,
      generation: 5,
      instances: [aStatus({ instanceId: 1, users: 38, chats: 482, messages: 1245 })],
    },
  },
} as unknown as ShownDemo;

describe('the lines of the demo', () => {
  const [demo] = demoNodes(DEMO);
  const [sales] = demo?.children ?? [];

  it('are none without a demo', () => {
    assert.deepEqual(demoNodes(undefined), []);
  });

  it('say that it is not counted, and what is in it', () => {
    assert.deepEqual(
      [demo?.label, demo?.description, demo?.contextValue],
      ['Demo', 'Demo data, not counted', 'type=demo'],
    );
    assert.deepEqual(
      [sales?.label, sales?.description, sales?.contextValue],
      ['Demo Sales', '38 users · 482 chats · 1,245 messages', 'type=demoInstance'],
    );
  });

  it('are about no instance of the mirror, not even in a selection with one', () => {
    const mirror = [anInstance({ id: 1, name: 'fasgpt' }), anInstance({ id: 2, name: 'resgpt' })];
    assert.deepEqual(instancesFromArguments([sales], mirror), []);
    assert.deepEqual(instancesFromArguments([demo, [demo, sales]], mirror), []);
  });

  it('name what a report of them is about', () => {
    assert.deepEqual(demoScopeOf([demo]), { kind: 'all' });
    assert.deepEqual(demoScopeOf([sales]), { kind: 'instance', instanceId: 1 });
    assert.equal(demoScopeOf(['fasgpt']), undefined);
    assert.equal(demoScopeOf([]), undefined);
  });
});
