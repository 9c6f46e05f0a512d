import assert from 'node:assert/strict';
import { hoverAt } from '../../../../../src/extension/sql/language/hover/hoverAt';
import { signatureAt } from '../../../../../src/extension/sql/language/hover/signatureAt';
import { atCursor, SCHEMA } from './schema';

const VALUES: Readonly<Record<string, string | number | null>> = { ':from': '2026-11-01', ':model': null };

function hover(marked: string): string | undefined {
  const { text, offset } = atCursor(marked);
  return hoverAt(text, offset, { tables: SCHEMA, valueInUse: (name) => VALUES[name] })?.markdown;
}

describe('what a word of a statement means', () => {
  it('is a column with its type, its table and its meaning', () => {
    assert.equal(
      hover('SELECT m.|input_tokens FROM messages m'),
      '`input_tokens` INTEGER\n\nColumn of `messages` (`m`)\n\nas the provider reported them',
    );
    assert.equal(
      hover('SELECT input|_tokens FROM messages'),
      '`input_tokens` INTEGER\n\nColumn of `messages`\n\nas the provider reported them',
    );
  });

  it('is each column that it may be', () => {
    const text = hover('SELECT |id FROM users u JOIN chats c') ?? '';
    assert.match(text, /Column of `users` \(`u`\)/);
    assert.match(text, /Column of `chats` \(`c`\)/);
  });

  it('is the table that an alias stands for', () => {
    const text = hover('SELECT |u.name FROM users u') ?? '';
    assert.match(text, /^`u` stands for `users`\n\nTable `users`\n\nan account\n\nColumns: `id`, /);
  });

  it('is a table or view with what one row is', () => {
    assert.match(hover('SELECT 1 FROM |users') ?? '', /^Table `users`\n\nan account/);
    assert.match(hover('SELECT 1 FROM mess|ages m') ?? '', /^View `messages`/);
    assert.match(hover('SELECT 1 FROM |message') ?? '', /Internal/);
  });

  it('is a query of the statement with its columns', () => {
    assert.equal(
      hover('WITH top AS (SELECT id, name FROM users) SELECT * FROM |top'),
      'Query `top` of this statement\n\nColumns: `id`, `name`',
    );
  });

  it('is a function with its arguments', () => {
    assert.match(hover('SELECT Coal|esce(1, 2)') ?? '', /^`coalesce\(values\.\.\.\)`\n\nThe first value/);
  });

  it('is a parameter with its value, or that it has none yet', () => {
    assert.equal(hover('SELECT |:from'), 'Parameter `:from` = `2026-11-01`');
    assert.equal(hover('SELECT :mo|del'), 'Parameter `:model` = `NULL`');
    assert.match(hover('SELECT :|limit') ?? '', /asked for at the next run/);
  });

  it('needs no words where a keyword, a text or nothing known stands', () => {
    for (const marked of [
      'SEL|ECT 1',
      "SELECT 'us|ers'",
      'SELECT |nothing FROM users',
      'SELECT 1 |',
      '-- us|ers',
    ]) {
      assert.equal(hover(marked), undefined, marked);
    }
  });

  it('covers the word in the script', () => {
    const { text, offset } = atCursor('SELECT 1; SELECT |name FROM users');
    const found = hoverAt(text, offset, { tables: SCHEMA, valueInUse: () => undefined });
    assert.equal(found && text.slice(found.start, found.end), 'name');
  });
});

describe('the signature of a call', () => {
  const signature = (marked: string): string | undefined => {
    const { text, offset } = atCursor(marked);
    const found = signatureAt(text, offset);
    return found && `${found.called.name} ${found.argument}`;
  };

  it('is that of the function around the cursor, with the argument there', () => {
    assert.equal(signature('SELECT substr(|'), 'substr 0');
    assert.equal(signature('SELECT substr(name, 1, |'), 'substr 2');
    assert.equal(signature("SELECT substr(replace(name, 'a', 'b'), |)"), 'substr 1');
    assert.equal(signature("SELECT substr(replace(name, |'a', 'b'), 1)"), 'replace 1');
    assert.equal(signature('SELECT round((1 + 2), |'), 'round 1');
  });

  it('stays at the argument that repeats', () => {
    assert.equal(signature('SELECT coalesce(1, 2, 3, |'), 'coalesce 0');
    assert.equal(signature("SELECT format('%d', 1, 2, |"), 'format 1');
  });

  it('is none outside of calls, and of functions that nobody knows', () => {
    for (const marked of ['SELECT |', 'SELECT abs(1) |', 'SELECT nothing(|', 'SELECT abs(1); SELECT (|']) {
      assert.equal(signature(marked), undefined, marked);
    }
  });
});
