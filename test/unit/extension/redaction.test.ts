import assert from 'node:assert/strict';
import { createRedactor } from '../../../src/sync/redaction';

describe('the log', () => {
  const secrets: readonly (readonly [string, string])[] = [
    ['an API key', 'sk-0123456789abcdef0123456789abcdef'],
    ['a token', 'eyJhbGciOiJIUzI1NiJ9.eyJpZCI6IjEifQ.c2lnbmF0dXJlLXh5eg'],
  ];
  const places: readonly (readonly [string, (secret: string) => string])[] = [
    ['in a header', (secret) => `GET /api Authorization: Bearer ${secret} 200`],
    ['in JSON', (secret) => `{"authorization":"Bearer ${secret}","next":1}`],
    ['in an address', (secret) => `https://x.example.org/?api_key=${secret}&page=2`],
    ['alone', (secret) => `rejected: ${secret}`],
  ];
  for (const [what, secret] of secrets) {
    for (const [where, textWith] of places) {
      it(`never shows ${what} ${where}`, () => {
        assert.ok(!createRedactor().redact(textWith(secret)).includes(secret));
      });
    }
  }

  it('never shows a password, whatever its characters', () => {
    const { redact } = createRedactor();
    assert.doesNotMatch(redact('{"email":"a@b.c","password":"hunter2!"}'), /hunter2/);
    assert.doesNotMatch(redact('https://me:hunter2@example.org/x'), /hunter2/);
  });

  it('never shows a secret that it was told of, in whatever shape', () => {
    const { redact, protect } = createRedactor();
    protect('plain-secret-value');
    assert.equal(redact('x=plain-secret-value;'), 'x=•••;');
  });

  it('leaves everything else readable', () => {
    const text = 'fasgpt: chats 120 of 482, 3 tokens a second, key needed, GET /api/v1/users/ 403';
    assert.equal(createRedactor().redact(text), text);
  });
});
