import assert from 'node:assert/strict';
import { addressOfLink, runOfLink } from '../../../../src/extension/links/linkQueries';
import { Links } from '../../../../src/extension/links/links';

const proposal = (url: string, more = ''): string | undefined =>
  addressOfLink(`url=${encodeURIComponent(url)}${more}`);

describe('a link that adds an instance', () => {
  it('proposes an address', () => {
    assert.equal(proposal('https://chat.example.org'), 'https://chat.example.org');
    assert.equal(proposal('https://chat.example.org:8443/ai/'), 'https://chat.example.org:8443/ai');
  });

  it('never takes a key, wherever it stands', () => {
    const keys = '&key=sk-secret123&apiKey=sk-secret123&token=sk-secret123&password=sk-secret123';
    for (const url of [
      'https://sk-secret123@chat.example.org',
      'https://anna:sk-secret123@chat.example.org',
      'https://chat.example.org/?key=sk-secret123',
      'https://chat.example.org/#sk-secret123',
    ]) {
      assert.equal(proposal(url, keys), 'https://chat.example.org', url);
    }
  });

  it('is none without a web address', () => {
    for (const url of ['', 'chat.example.org', 'javascript:alert(1)', 'file:///etc/passwd', 'https://']) {
      assert.equal(proposal(url), undefined, url);
    }
    assert.equal(addressOfLink(''), undefined);
    assert.equal(proposal(`https://chat.example.org/${'x'.repeat(3000)}`), undefined);
  });
});

describe('a link to a sync run', () => {
  it('names it by its id', () => {
    const id = '0b7a4c1e-8f00-4204-a980-0998ecf8427e';
    assert.equal(runOfLink(`id=${id}`), id);
    assert.equal(runOfLink('id=../../x'), undefined);
    assert.equal(runOfLink(''), undefined);
  });
});

describe('links', () => {
  it('are followed by their path only', () => {
    const links = new Links();
    const followed: string[] = [];
    links.add('/report', (query) => followed.push(query) > 0);
    assert.equal(links.follow({ path: '/report', query: 'settings=1' }), true);
    assert.equal(links.follow({ path: '/other', query: 'settings=2' }), false);
    assert.deepEqual(followed, ['settings=1']);
  });

  it('say when they are not understood', () => {
    const links = new Links();
    links.add('/report', () => false);
    assert.equal(links.follow({ path: '/report', query: '' }), false);
  });
});
