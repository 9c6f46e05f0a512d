import assert from 'node:assert/strict';
import {
  baseUrlFrom,
  objectToName,
  objectToUrl,
  suggestName,
} from '../../../src/extension/instances/address';
import { anInstance } from './builders';

describe('the address of an instance', () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ['https://chat.example.org/', 'https://chat.example.org'],
    ['chat.example.org', 'https://chat.example.org'],
    ['localhost:8080', 'http://localhost:8080'],
    ['https://example.org/ai/', 'https://example.org/ai'],
    ['https://example.org/auth?redirect=%2F', 'https://example.org'],
    ['https://example.org/ai/c/0f3b-11', 'https://example.org/ai'],
    ['https://example.org/admin/users/overview', 'https://example.org'],
    ['https://example.org/api/v1', 'https://example.org'],
    ['HTTPS://Example.ORG', 'https://example.org'],
    ['ftp://example.org', undefined],
    ['not an address', undefined],
    ['', undefined],
  ];
  for (const [text, url] of cases) {
    it(`reads “${text}” as ${url ?? 'no address'}`, () => {
      assert.equal(baseUrlFrom(text), url);
    });
  }

  it('must not hold a user name or password', () => {
    assert.equal(objectToUrl('https://me:secret@example.org', [])?.severity, 'error');
  });

  it('warns of plain http, but not on this machine', () => {
    assert.equal(objectToUrl('http://example.org', [])?.severity, 'warning');
    assert.equal(objectToUrl('http://127.0.0.1:8080', []), undefined);
  });

  it('warns when another instance has it', () => {
    assert.match(objectToUrl('https://fasgpt.example.org/', [anInstance()])?.message ?? '', /fasgpt/);
  });
});

describe('the name of an instance', () => {
  it('is unique without regard to case', () => {
    assert.equal(objectToName('FASGPT', [anInstance()])?.severity, 'error');
    assert.equal(objectToName('other', [anInstance()]), undefined);
  });

  it('must not be empty', () => {
    assert.equal(objectToName('  ', [])?.severity, 'error');
  });

  it('must be a line that can be shown', () => {
    assert.equal(objectToName('fas\u001b[31mgpt', [])?.severity, 'error');
    assert.equal(objectToName('fas\ngpt', [])?.severity, 'error');
  });

  it('is suggested from the part of the host that says something', () => {
    assert.equal(suggestName('https://chat.acme.org', []), 'acme');
    assert.equal(suggestName('http://127.0.0.1:8080', []), '127.0.0.1');
    assert.equal(suggestName('https://fasgpt.example.org', [anInstance()]), 'fasgpt 2');
  });
});
