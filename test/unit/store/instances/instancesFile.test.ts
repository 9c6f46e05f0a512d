import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolderAt } from '../../../../src/store/files/dataFolder';
import { InstancesFileError, InvalidInstanceError } from '../../../../src/store/errors';
import {
  addInstance,
  ensureSalt,
  loadInstances,
  removeInstance,
  setZone,
  updateInstance,
} from '../../../../src/store/instances/instancesFile';
import { normaliseUrl } from '../../../../src/store/instances/instanceUrl';
import { useTemporaryFolder } from '../builders';

describe('instances.json', () => {
  const root = useTemporaryFolder();
  const path = (): string => dataFolderAt(root()).instances;
  const add = (name: string, url = 'https://chat.example.com'): ReturnType<typeof addInstance> =>
    addInstance(root(), { name, url });

  it('holds nothing at first, and reading does not make it', async () => {
    const { zone, ...rest } = await loadInstances(root());
    assert.deepEqual(rest, { version: 1, nextId: 1, instances: [] });
    assert.equal(zone, new Intl.DateTimeFormat().resolvedOptions().timeZone, 'of this machine');
    assert.deepEqual(readdirSync(root()), []);
  });

  it('is made with the first instance, for its owner only', async () => {
    const instance = await addInstance(root(), {
      name: ' FASGPT ',
      url: 'https://chat.example.com/ai/',
      credential: { kind: 'environment', variable: 'FAS_KEY' },
    });
    assert.deepEqual(instance, {
      id: 1,
      name: 'FASGPT',
      url: 'https://chat.example.com/ai',
      enabled: true,
      credential: { kind: 'environment', variable: 'FAS_KEY' },
    });
    assert.equal(statSync(path()).mode & 0o777, 0o600);
    assert.deepEqual((await loadInstances(root())).instances, [instance]);
  });

  it('leaves the rights of a folder alone that holds other things', async () => {
    writeFileSync(join(root(), 'notes.txt'), '');
    chmodSync(root(), 0o755);
    await add('one');
    assert.equal(statSync(root()).mode & 0o777, 0o755);
    assert.equal(statSync(dataFolderAt(root()).generations).mode & 0o777, 0o700);
  });

  it('takes an empty folder for its owner alone', async () => {
    chmodSync(root(), 0o755);
    await add('one');
    assert.equal(statSync(root()).mode & 0o777, 0o700);
  });

  it('takes no name that breaks a line or steers a terminal', async () => {
    const { id } = await add('one');
    for (const name of ['a\nb', 'a\rb', 'a\u001b[2J', 'a\u0085b', 'a\u2028b', 'a\u202eb']) {
      await assert.rejects(add(name), /line ends and control characters/u);
      await assert.rejects(updateInstance(root(), id, { name }), InvalidInstanceError);
    }
    assert.equal((await add('\ttwo \n')).name, 'two');
  });

  it('shows a name that another program wrote as one line that steers nothing', async () => {
    const { id } = await add('one');
    writeFileSync(path(), readFileSync(path(), 'utf8').replace('"one"', String.raw`"o\u001b[2J\nne"`));
    const [instance] = (await loadInstances(root())).instances;
    assert.equal(instance?.name, 'o·[2J·ne');
    assert.equal((await updateInstance(root(), id, { enabled: false })).name, 'o·[2J·ne');
  });

  it('never uses an id again', async () => {
    await add('one');
    const two = await add('two');
    await removeInstance(root(), two.id);
    await removeInstance(root(), two.id);
    assert.equal((await add('three')).id, 3);
  });

  it('changes what is told and leaves the rest', async () => {
    const { id } = await addInstance(root(), {
      name: 'one',
      url: 'http://localhost:8080',
      credential: { kind: 'file', path: '/keys/one' },
      privacy: 'names',
    });
    const changed = await updateInstance(root(), id, { name: 'ONE', enabled: false });
    assert.deepEqual(changed, {
      id,
      name: 'ONE',
      url: 'http://localhost:8080',
      enabled: false,
      credential: { kind: 'file', path: '/keys/one' },
      privacy: 'names',
    });
    await assert.rejects(updateInstance(root(), 99, {}), InvalidInstanceError);
  });

  it('makes a salt once, also for several who ask at the same time, and keeps it', async () => {
    await add('one');
    const salts = await Promise.all([ensureSalt(root()), ensureSalt(root()), ensureSalt(root())]);
    assert.equal(new Set(salts).size, 1);
    assert.ok(salts[0].length >= 43);
    await add('two');
    assert.equal(await ensureSalt(root()), salts[0]);
    assert.equal((await loadInstances(root())).salt, salts[0]);
  });

  it('changes the zone to one that there is', async () => {
    const { id } = await add('one');
    await setZone(root(), 'Pacific/Auckland');
    const { zone, instances } = await loadInstances(root());
    assert.deepEqual([zone, instances[0]?.id], ['Pacific/Auckland', id]);
    await assert.rejects(setZone(root(), 'Mars/Olympus'), InvalidInstanceError);
    assert.equal((await loadInstances(root())).zone, 'Pacific/Auckland');
  });

  it('takes a name once, whatever its case', async () => {
    await add('FASGPT');
    const other = await add('other');
    await assert.rejects(add('fasgpt'), InvalidInstanceError);
    await assert.rejects(updateInstance(root(), other.id, { name: 'fasGPT' }), InvalidInstanceError);
    await assert.rejects(add('  '), InvalidInstanceError);
  });

  it('loses no edit of several at once', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `instance ${index}`);
    const added = await Promise.all(names.map((name) => add(name)));
    const { instances } = await loadInstances(root());
    assert.deepEqual(instances.map(({ name }) => name).sort(), names.sort());
    assert.equal(new Set(added.map(({ id }) => id)).size, 20);
    assert.deepEqual(
      readdirSync(root()).filter((name) => name.includes('lock') || name.includes('tmp')),
      [],
    );
  });

  it('is edited although a process died in the middle of an edit', async () => {
    mkdirSync(root(), { recursive: true });
    writeFileSync(`${path()}.lock`, String(2 ** 22 + 1));
    assert.equal((await add('one')).id, 1);
  });

  const damaged: Record<string, string> = {
    'is not JSON': '{"version":1,',
    'has another version': '{"version":2,"zone":"UTC","nextId":1,"instances":[]}',
    'has an unknown zone': '{"version":1,"zone":"Mars/Olympus","nextId":1,"instances":[]}',
    'has an instance without a URL':
      '{"version":1,"zone":"UTC","nextId":2,"instances":[{"id":1,"name":"a","enabled":true}]}',
  };
  for (const [what, text] of Object.entries(damaged)) {
    it(`is kept and never overwritten when it ${what}`, async () => {
      writeFileSync(path(), text);
      await assert.rejects(loadInstances(root()), InstancesFileError);
      await assert.rejects(add('one'), InstancesFileError);
      assert.equal(readFileSync(path(), 'utf8'), text);
    });
  }
});

describe('normaliseUrl', () => {
  const good: Record<string, string> = {
    'https://Chat.Example.com/': 'https://chat.example.com',
    ' http://localhost:8080/open-webui// ': 'http://localhost:8080/open-webui',
    'HTTPS://chat.example.com:443': 'https://chat.example.com',
    'http://[::1]:3000': 'http://[::1]:3000',
  };
  for (const [text, url] of Object.entries(good)) {
    it(`makes ${url} of ${JSON.stringify(text)}`, () => {
      assert.equal(normaliseUrl(text), url);
    });
  }

  const bad = [
    '',
    'chat.example.com',
    'ftp://chat.example.com',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https://',
    'https://user:pass@chat.example.com',
    'https://chat.example.com/?x=1',
    'https://chat.example.com/#/c/1',
    'https://exa mple.com',
  ];
  for (const text of bad) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      assert.throws(() => normaliseUrl(text), InvalidInstanceError);
    });
  }
});
