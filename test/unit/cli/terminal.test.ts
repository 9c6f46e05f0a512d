import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { generateCompany } from '../../../src/sample/company/company';
import { loadInstances } from '../../../src/store/instances/instancesFile';
import { CliStage } from './cliStage';
import { hasPseudoTerminal, runInTerminal, type TerminalOptions } from './runTerminal';

const company = () => generateCompany({ name: 'fasgpt', users: 6, chats: 24, messages: 80 });

describe('the command line on a terminal', function () {
  this.timeout(120_000);
  const stage = new CliStage(company);
  before(function () {
    if (!hasPseudoTerminal()) {
      this.skip();
    }
  });
  beforeEach(() => stage.set());
  afterEach(() => stage.strike());

  const run = (args: readonly string[], options: TerminalOptions = {}) =>
    runInTerminal([...args, '--data', stage.data], {
      ...options,
      env: { FASGPT_KEY: stage.server.apiKey, ...options.env },
    });
  const keyFile = (): string => join(stage.data, 'keys', '1.key');

  /** Answers each question once, in their order. */
  function answering(...answers: readonly (readonly [question: RegExp, keys: string])[]): TerminalOptions {
    let next = 0;
    let read = 0;
    return {
      onShown: (shown, type) => {
        const answer = answers[next];
        if (answer !== undefined && answer[0].test(shown.slice(read))) {
          next += 1;
          read = shown.length;
          type(answer[1]);
        }
      },
    };
  }

  it('shows a bar that fills, in one line, and takes it away', async () => {
    await stage.add();
    const { code, out } = await run(['sync']);
    assert.equal(code, 0, out);
    const bars = [...out.matchAll(/\[(#*)(\.*)\]/g)].map(([, done = '', left = '']) => [
      done.length,
      done.length + left.length,
    ]);
    assert.ok(bars.length > 0, 'a bar was shown');
    assert.ok(bars.every(([, width]) => width === 20));
    const lines = out.split('\n');
    // All that was drawn stands in the line of the result, which begins after the bar was wiped.
    assert.match(lines[0] ?? '', /\r\u001b\[Kfasgpt: full sync done in [^\u001b]*\r$/u);
    const drawn = (lines[0] ?? '').split('\r\u001b[K');
    assert.ok(
      drawn.every((part) => part.length < 100),
      'never longer than the terminal is wide',
    );
    assert.doesNotMatch(out, /\u001b\[\?25l/u, 'the cursor is never hidden');
  });

  it('stops at Ctrl+C and leaves a clean line', async () => {
    await stage.add();
    stage.server.fail('/api/v1/chats/share/', { kind: 'hang' }, Infinity);
    const { code, out } = await run(['sync'], answering([/chats/u, '\u0003']));
    assert.equal(code, 130, out);
    assert.match(out, /\r\u001b\[KCancelled\. What was fetched is kept; [^\r\n]*\r\n$/u);
  });

  it('asks for a key without showing it, keeps it after a yes, and syncs with it', async () => {
    const key = stage.server.apiKey;
    const { code, out } = await run(
      ['instances', 'add', 'fasgpt', '--url', stage.server.url],
      answering(
        [/API key of fasgpt \(is not shown\): $/u, `${key}\r`],
        [/readable by you alone\? \[y\/N\] $/u, 'y\r'],
      ),
    );
    assert.equal(code, 0, out);
    assert.ok(!out.includes(key), 'the key is nowhere on the screen');
    assert.match(out, /Added fasgpt /u);
    assert.equal(readFileSync(keyFile(), 'utf8'), `${key}\n`);
    assert.equal(statSync(keyFile()).mode & 0o777, 0o600);
    await stage.ok(['sync']);
    await stage.ok(['instances', 'remove', 'fasgpt']);
    assert.equal(existsSync(keyFile()), false, 'it goes with its instance');
  });

  it('adds nothing where the key may not be kept', async () => {
    const { code, out } = await run(
      ['instances', 'add', 'fasgpt', '--url', stage.server.url],
      answering([/is not shown\): $/u, 'sk-x\r'], [/\[y\/N\] $/u, 'n\r']),
    );
    assert.equal(code, 130, out);
    assert.match(out, /Nothing was changed\.\r\n$/u);
    assert.deepEqual((await loadInstances(stage.data)).instances, []);
    assert.equal(existsSync(keyFile()), false);
  });

  it('adds nothing when the question for the key is answered with Ctrl+C', async () => {
    const { code, out } = await run(
      ['instances', 'add', 'fasgpt', '--url', stage.server.url],
      answering([/is not shown\): $/u, 'sk-x\u0003']),
    );
    assert.equal(code, 130, out);
    assert.ok(!out.includes('sk-x'));
    assert.deepEqual((await loadInstances(stage.data)).instances, []);
  });

  it('replaces a key, and forgets a kept one that is read elsewhere from now on', async () => {
    await stage.add();
    const keep = answering([/is not shown\): $/u, 'sk-new\r'], [/\[y\/N\] $/u, 'y\r']);
    assert.equal((await run(['instances', 'set-key', 'fasgpt'], keep)).code, 0);
    assert.equal(readFileSync(keyFile(), 'utf8'), 'sk-new\n');
    const { out } = await stage.run(['instances', 'set-key', 'fasgpt', '--key-env', 'FASGPT_KEY']);
    assert.match(out, /is now read from \$FASGPT_KEY/u);
    assert.equal(existsSync(keyFile()), false);
  });

  it('asks before it removes something for good, and takes Ctrl+C for a no', async () => {
    await stage.add();
    await stage.ok(['sync']);
    const [person] = await stage.rows('SELECT email FROM users ORDER BY id LIMIT 1');
    const erase = ['erase-person', 'fasgpt', String(person?.['email'])];
    const { code, out } = await run(erase, answering([/\[y\/N\] $/u, '\u0003']));
    assert.equal(code, 130, out);
    assert.deepEqual(await stage.rows('SELECT count(*) AS n FROM users'), [{ n: 6 }]);
  });
});
