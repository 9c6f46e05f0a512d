import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NEEDED_FILES } from '../../../src/headless/cliFiles';
import { installCopy, updateCopy } from '../../../src/headless/cliCopy';
import { currentCopy } from '../../../src/headless/currentCopy';
import { headlessFolderAt } from '../../../src/headless/headlessFolder';
import { compareVersions } from '../../../src/headless/versions';

const DAY_MS = 86_400_000;
const NOW = 1_763_303_415_000;

describe('the copy of the command line in the data folder', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "data Zoë's "))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** A build that only tells its version. */
  function aBuild(version: string) {
    const dist = join(folder, `dist ${version}`);
    mkdirSync(dist, { recursive: true });
    NEEDED_FILES.forEach((file) => writeFileSync(join(dist, file), `console.log('${version}');`));
    return { dist, version };
  }
  const run = (): string =>
    execFileSync(process.execPath, [headlessFolderAt(folder).launcher], { encoding: 'utf8', env: {} }).trim();
  const copies = (): readonly string[] => readdirSync(join(folder, 'cli')).filter((name) => /^\d/.test(name));

  it('is what the launcher runs, whatever its surroundings say of scripts', async () => {
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    await installCopy(folder, aBuild('1.0.0'), NOW);
    assert.equal(run(), '1.0.0');
  });

  it('is replaced by a newer version and never by an older one', async () => {
    await installCopy(folder, aBuild('1.9.0'), NOW);
    assert.equal((await updateCopy(folder, aBuild('1.10.0'), NOW))?.version, '1.10.0');
    assert.equal(run(), '1.10.0');
    assert.equal(await updateCopy(folder, aBuild('1.9.9'), NOW), undefined);
    assert.equal((await installCopy(folder, aBuild('1.9.9'), NOW)).version, '1.10.0');
    assert.equal(run(), '1.10.0');
  });

  it('is not made by the extension where nobody asked for it', async () => {
    assert.equal(await updateCopy(folder, aBuild('2.0.0'), NOW), undefined);
    assert.equal(existsSync(join(folder, 'cli')), false);
  });

  it('keeps its files for whatever still runs: the one before, and all of the last day', async () => {
    for (const [index, version] of ['1.0.0', '1.1.0', '1.2.0', '1.3.0'].entries()) {
      await installCopy(folder, aBuild(version), NOW + index * 1000);
    }
    assert.equal(copies().length, 4);
    await installCopy(folder, aBuild('1.4.0'), NOW + 2 * DAY_MS);
    assert.deepEqual(
      copies().map((name) => name.split('-')[0]),
      ['1.3.0', '1.4.0'],
    );
  });

  it('is mended when it is installed again', async () => {
    const build = aBuild('1.0.0');
    const { folder: name } = await installCopy(folder, build, NOW);
    writeFileSync(join(folder, 'cli', name, 'cli.js'), 'broken(');
    await installCopy(folder, build, NOW);
    assert.equal(run(), '1.0.0');
  });

  it('is made once by two that come at the same time', async () => {
    const build = aBuild('1.0.0');
    await Promise.all([installCopy(folder, build, NOW), installCopy(folder, build, NOW)]);
    assert.equal(copies().length, 1);
    assert.equal(run(), '1.0.0');
  });

  it('needs a whole build', async () => {
    const build = aBuild('1.0.0');
    rmSync(join(build.dist, 'writer.js'));
    await assert.rejects(installCopy(folder, build, NOW), /writer\.js is missing/);
    assert.equal(await currentCopy(folder), undefined);
  });
});

describe('versions', () => {
  it('are compared by their numbers, and marks come before the release', () => {
    const inOrder = [
      '0.9.0',
      '1.0.0-alpha',
      '1.0.0-beta.2',
      '1.0.0-beta.10',
      '1.0.0',
      '1.0.1',
      '1.2.0',
      '1.10.0',
    ];
    const mixed = [...inOrder].reverse().sort(compareVersions);
    assert.deepEqual(mixed, inOrder);
    assert.equal(compareVersions('20.19', '20.19.0') <= 0, true);
  });
});
