import assert from 'node:assert/strict';
import { MessageChannel } from 'node:worker_threads';
import { NoDatabaseError, WorkerGoneError } from '../../../../src/store/errors';
import { PublishConflictError } from '../../../../src/store/errors';
import { SqlError } from '../../../../src/store/resultSet';
import { RpcClient, serveRpc, transferable, type Methods } from '../../../../src/store/workers/rpc';

describe('RPC between threads', () => {
  let channel: MessageChannel;
  beforeEach(() => {
    channel = new MessageChannel();
  });
  afterEach(() => {
    channel.port1.close();
    channel.port2.close();
  });
  const connect = <M extends Methods<M>>(methods: M, options = {}): RpcClient<M> => {
    serveRpc(channel.port1, methods, options);
    return new RpcClient<M>(channel.port2, { context: () => 'the time' });
  };

  it('brings arguments over and results back, one call after the other', async () => {
    const order: string[] = [];
    const client = connect({
      slow: async (name: string) => {
        await new Promise((resolve) => setImmediate(resolve));
        order.push(name);
        return { name };
      },
      quick: (name: string) => {
        order.push(name);
        return new Map([[name, undefined]]);
      },
    });
    const results = await Promise.all([client.call('slow', ['a']), client.call('quick', ['b'])]);
    assert.deepEqual(results, [{ name: 'a' }, new Map([['b', undefined]])]);
    assert.deepEqual(order, ['a', 'b']);
  });

  it('hands the caller’s context over before the method runs', async () => {
    let context: unknown;
    const client = connect({ read: () => context }, { onContext: (value: unknown) => (context = value) });
    assert.equal(await client.call('read', []), 'the time');
  });

  const errors: readonly Error[] = [
    new PublishConflictError('first'),
    new NoDatabaseError(),
    new SqlError('near "x"', 7),
    Object.assign(new Error('no space'), { code: 'ENOSPC' }),
    new TypeError('odd'),
  ];
  for (const error of errors) {
    it(`keeps name, message and code of a ${error.name}`, async () => {
      const client = connect({
        fail: () => {
          throw error;
        },
      });
      await assert.rejects(client.call('fail', []), (received: Error) => {
        assert.equal(received.name, error.name);
        assert.equal(received.message, error.message);
        for (const detail of ['code', 'offset'] as const) {
          assert.equal(Reflect.get(received, detail), Reflect.get(error, detail));
        }
        return true;
      });
    });
  }

  it('keeps the class of the store’s own errors', async () => {
    const client = connect({
      fail: () => {
        throw new PublishConflictError('first');
      },
    });
    await assert.rejects(client.call('fail', []), PublishConflictError);
  });

  it('answers with an error when a string is thrown, a method is missing or a result cannot travel', async () => {
    const client = connect({
      text: () => {
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- sql.js does it
        throw 'Nothing to prepare';
      },
      untransportable: () => () => 1,
    });
    await assert.rejects(client.call('text', []), { message: 'Nothing to prepare' });
    await assert.rejects(client.call('untransportable', []), /could not be cloned/);
    await assert.rejects(client.call('missing' as 'text', []), /No method missing/);
  });

  it('rejects what waits and what comes later when the other side is gone', async () => {
    const client = connect({ never: () => new Promise(() => undefined) });
    const waiting = client.call('never', []);
    client.fail(new WorkerGoneError('ended'));
    await assert.rejects(waiting, WorkerGoneError);
    await assert.rejects(client.call('never', []), WorkerGoneError);
  });

  it('rejects a call whose arguments cannot travel', async () => {
    const client = connect({ take: (value: unknown) => typeof value });
    await assert.rejects(client.call('take', [() => 1]), /could not be cloned/);
    assert.equal(await client.call('take', [1]), 'number');
  });

  it('transfers bytes without their neighbours in the pool', () => {
    const pooled = Buffer.from('a small buffer of the pool');
    const copy = transferable(pooled);
    assert.notEqual(copy.buffer, pooled.buffer);
    assert.equal(Buffer.from(copy).toString(), pooled.toString());
    const whole = new Uint8Array(100);
    assert.equal(transferable(whole).buffer, whole.buffer);
  });
});
