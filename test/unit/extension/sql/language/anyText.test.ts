import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { suggestionsAt } from '../../../../../src/extension/sql/language/completion/suggestions';
import { layOut } from '../../../../../src/extension/sql/language/format/formatter';
import { formatSql } from '../../../../../src/extension/sql/language/format/formatSql';
import { hoverAt } from '../../../../../src/extension/sql/language/hover/hoverAt';
import { signatureAt } from '../../../../../src/extension/sql/language/hover/signatureAt';
import { sqlTokens } from '../../../../../src/store/sqlite/sqlTokens';
import { SCHEMA } from './schema';

const PIECES =
  `SELECT FROM WHERE WITH AS JOIN ON UNION ALL ORDER BY ( ) ( ) , . . ; * = 'a' 'open "n" [b] -- /* */
 :from @x $y ? users u chats count coalesce CASE END EXPLAIN QUERY PLAN RECURSIVE VALUES IN NOT 12 1.5 ->>`.split(
    /\s+/,
  );
const script = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.constantFrom('\n', ' ')), { maxLength: 40 })
  .map((pieces) => pieces.join(' '));
const place = fc.tuple(script, fc.double({ min: 0, max: 1, noNaN: true })).map(([text, share]) => ({
  text,
  offset: Math.round(share * text.length),
}));

describe('whatever somebody types', () => {
  it('gets suggestions that replace only what is typed before the cursor on its own', () => {
    fc.assert(
      fc.property(place, ({ text, offset }) => {
        const { from, list } = suggestionsAt(text, offset, {
          tables: SCHEMA,
          instances: [{ id: 1, name: 'a' }],
        });
        assert.ok(from <= offset && from >= 0);
        assert.ok(!text.slice(from, offset).includes(';') || /['"[]/.test(text.slice(0, from)));
        assert.ok(list.every(({ label }) => label !== ''));
      }),
    );
  });

  it('is looked at by hovers and signatures without harm', () => {
    fc.assert(
      fc.property(place, ({ text, offset }) => {
        const found = hoverAt(text, offset, { tables: SCHEMA, valueInUse: () => undefined });
        assert.ok(found === undefined || (found.start <= offset && offset < found.end));
        const signature = signatureAt(text, offset);
        assert.ok(signature === undefined || signature.argument >= 0);
      }),
    );
  });

  it('says the same after it was laid out, or stays as it is', () => {
    const said = (text: string): string =>
      sqlTokens(text)
        .map(({ start, end }) => text.slice(start, end).replace(/\s+/g, ' ').trim())
        .join(' ');
    fc.assert(
      fc.property(script, (text) => {
        const formatted = formatSql(text, { tabSize: 2, insertSpaces: true }, layOut);
        assert.ok(formatted === undefined || said(formatted) === said(text));
      }),
    );
  });
});
