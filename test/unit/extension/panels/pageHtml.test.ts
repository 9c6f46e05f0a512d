import assert from 'node:assert/strict';
import { pageHtml, type PageLanguage } from '../../../../src/extension/panels/pageHtml';

function page(language?: PageLanguage): string {
  return pageHtml({
    ...{ title: 'Chat', nonce: 'n0', cspSource: 'https://host', scripts: ['/page.js'], styles: [] },
    ...(language === undefined ? {} : { language }),
  });
}

describe('the language of a page', () => {
  it('is English without any words of another', () => {
    assert.match(page(), /<html lang="en">/);
    assert.doesNotMatch(page(), /application\/json/);
  });

  it('is told to screen readers, and its words stand before the scripts that say them', () => {
    const html = page({ tag: 'de', words: { Chats: 'Chats', Users: 'Nutzer' } });
    assert.match(html, /<html lang="de">/);
    const [, block = ''] = /<script type="application\/json" id="words">(.*?)<\/script>/.exec(html) ?? [];
    assert.deepEqual(JSON.parse(block), { Chats: 'Chats', Users: 'Nutzer' });
    assert.ok(html.indexOf('id="words"') < html.indexOf('src="/page.js"'));
  });

  it('cannot end the block of its words, nor begin another script', () => {
    const words = { a: '</script><script>alert(1)</script><!--' };
    const html = page({ tag: '"><b>', words });
    const [, block = ''] = /id="words">([^<]*)<\/script>/.exec(html) ?? [];
    assert.deepEqual(JSON.parse(block), words);
    assert.doesNotMatch(html, /alert\(1\)<\/script>|<b>/);
  });
});
