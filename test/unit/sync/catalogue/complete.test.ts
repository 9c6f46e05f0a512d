import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FAILURES } from '../../../../src/sync/openwebui/failures';
import { HOSTILE } from '../../../../src/sample/hostile/catalogue';

/** Cases of the server, the network and time: those of the failure catalogue that a sample server can play. */
const CASES = Array.from({ length: 28 }, (_, index) => index + 1);

describe('The failure catalogue', () => {
  const texts = readdirSync(__dirname)
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(__dirname, name), 'utf8'));

  it('has a test for every case', () => {
    const named = new Set(
      texts.flatMap((text) =>
        [...text.matchAll(/\bit\(\s*['"`]case (\d+): /g)].map((match) => Number(match[1])),
      ),
    );
    assert.deepEqual(
      CASES.filter((number) => !named.has(number)),
      [],
    );
  });

  it('plays every behaviour of the hostile server', () => {
    const all = texts.join('\n');
    const unused = Object.keys(HOSTILE).filter(
      (name) => !all.includes(`'${name}'`) && !all.includes(`"${name}"`),
    );
    assert.deepEqual(unused, []);
  });

  it('has a sentence for every failure that names the server, the cause and the next step', () => {
    // The proxy of one's own network says nothing about any server.
    const { proxySignIn, ...ofServers } = FAILURES;
    const place = { host: 'HOST', path: 'PATH', wait: 'WAIT', title: 'TITLE' };
    for (const failure of [proxySignIn, ...Object.values(ofServers)]) {
      const message = failure.message(place);
      assert.match(message, /^.+\. [A-Z].+\.$/, message);
      assert.ok(message.includes('HOST') || failure === proxySignIn, message);
    }
  });
});
