import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bin } from '../../../../package.json';
import { EVERY_FORMS, parseEvery } from '../../../../src/headless/every';
import { maxAge } from '../../../../src/cli/maxAge';

const DOCKERFILE = readFileSync(join(__dirname, '..', '..', '..', '..', 'container', 'Dockerfile'), 'utf8');
const UNPACKED = `/opt/openwebui-sync/package/${bin['openwebui-sync']}`;

/** The words of an instruction in JSON form. */
function wordsOf(instruction: string): readonly string[] {
  const [, json = '[]'] = new RegExp(`^\\s*${instruction} (\\[.*\\])$`, 'mu').exec(DOCKERFILE) ?? [];
  return JSON.parse(json) as string[];
}

describe('the recipe of a container', () => {
  it('starts the program that the packed archive holds', () => {
    assert.match(DOCKERFILE, /^ADD openwebui-sync-\*\.tgz \/opt\/openwebui-sync\/$/m);
    assert.deepEqual(wordsOf('ENTRYPOINT'), ['node', UNPACKED]);
  });

  it('keeps syncing in its volume', () => {
    const [command, action, every, interval = '', ...rest] = [...wordsOf('CMD')];
    assert.deepEqual([command, action, every, ...rest], ['schedule', 'start', '--every', '--data', '/data']);
    assert.ok(parseEvery(interval) !== undefined, EVERY_FORMS);
    assert.match(DOCKERFILE, /^VOLUME \/data$/m);
  });

  it('is healthy while it syncs', () => {
    const [, json = '[]'] = /^HEALTHCHECK [^\n]*\\\n {2}CMD (\[.*\])$/mu.exec(DOCKERFILE) ?? [];
    const [node, program, command, option, age = '', ...rest] = JSON.parse(json) as string[];
    assert.deepEqual(
      [node, program, command, option, ...rest],
      ['node', UNPACKED, 'status', '--max-age', '--data', '/data'],
    );
    assert.equal(maxAge(age).typed, age);
  });

  it('runs without rights', () => {
    assert.ok(DOCKERFILE.indexOf('USER node') < DOCKERFILE.indexOf('ENTRYPOINT'));
  });
});
