import assert from 'node:assert/strict';
import {
  errorRange,
  splitStatements,
  statementAt,
  statementsToRun,
} from '../../../src/extension/sql/statements';

const texts = (script: string): string[] => splitStatements(script).map(({ text }) => text);

/** Takes `|` out of the script and asks for the statement at its place. */
function at(marked: string): string | undefined {
  const offset = marked.indexOf('|');
  return statementAt(marked.replace('|', ''), offset)?.text;
}

describe('splitStatements', () => {
  it('splits at semicolons and keeps the last statement without one', () => {
    assert.deepEqual(texts('SELECT 1;\n\nSELECT 2 ; select 3\n'), ['SELECT 1;', 'SELECT 2 ;', 'select 3']);
  });

  it('gives offsets into the script', () => {
    assert.deepEqual(splitStatements('  SELECT 1; x'), [
      { start: 2, end: 11, text: 'SELECT 1;' },
      { start: 12, end: 13, text: 'x' },
    ]);
  });

  for (const [what, statement] of [
    ['a string', `SELECT 'a;''b;'`],
    ['a quoted identifier', `SELECT "a;""b;" FROM \`t;\``],
    ['a bracketed identifier', 'SELECT [a;b] FROM t'],
    ['a line comment', 'SELECT 1 -- not; here\n + 2'],
    ['a block comment', 'SELECT 1 /* not; here */ + 2'],
  ] as const) {
    it(`does not split inside ${what}`, () => {
      assert.deepEqual(texts(`${statement};SELECT 2`), [`${statement};`, 'SELECT 2']);
    });
  }

  it('keeps the body of a trigger together, CASE ... END included', () => {
    const trigger = `CREATE TEMP TRIGGER t AFTER INSERT ON a BEGIN
      UPDATE a SET x = CASE WHEN x > 1 THEN 0 ELSE 1 END; DELETE FROM b; END;`;
    assert.deepEqual(texts(`${trigger} SELECT 1;`), [trigger, 'SELECT 1;']);
  });

  it('knows that BEGIN alone and END alone are statements', () => {
    assert.deepEqual(texts('BEGIN; SELECT 1; END;'), ['BEGIN;', 'SELECT 1;', 'END;']);
  });

  it('finds nothing in comments and stray semicolons', () => {
    assert.deepEqual(texts(' ;; -- only\n /* words; */ ;'), []);
  });

  it('lets an unfinished string or comment reach to the end', () => {
    assert.deepEqual(texts("SELECT 'a; SELECT 2"), ["SELECT 'a; SELECT 2"]);
    assert.deepEqual(texts('SELECT 1; /* SELECT 2;'), ['SELECT 1;']);
  });

  it('does not take words of object prototypes for keywords', () => {
    assert.deepEqual(texts('constructor; toString;'), ['constructor;', 'toString;']);
  });
});

describe('statementAt', () => {
  it('finds the statement around the cursor', () => {
    assert.equal(at('SELECT 1;\nSEL|ECT 2;\nSELECT 3;'), 'SELECT 2;');
  });

  it('counts the place behind the semicolon to the statement', () => {
    assert.equal(at('SELECT 1;|\nSELECT 2;'), 'SELECT 1;');
    assert.equal(at('SELECT 1;  -- note|\nSELECT 2;'), 'SELECT 1;');
  });

  it('prefers the statement that begins where another ends', () => {
    assert.equal(at('SELECT 1;|SELECT 2;'), 'SELECT 2;');
  });

  it('takes the statement below from inside a comment', () => {
    assert.equal(at('-- what| it does\n-- and why\nSELECT 1;'), 'SELECT 1;');
    assert.equal(at('SELECT 0;\n/* what\n| */\nSELECT 1;'), 'SELECT 1;');
  });

  it('takes the statement that begins later on the same line', () => {
    assert.equal(at('SELECT 0;\n | SELECT 1;'), 'SELECT 1;');
  });

  it('finds nothing on an empty line between statements or in an empty script', () => {
    assert.equal(at('SELECT 1;\n|\nSELECT 2;'), undefined);
    assert.equal(at('|'), undefined);
    assert.equal(at('-- only words|'), undefined);
  });
});

describe('statementsToRun', () => {
  const script = 'SELECT 1;\nSELECT 2;';

  it('takes the statement at the cursor when nothing is selected', () => {
    assert.deepEqual(statementsToRun(script, { start: 3, end: 3 }), [
      { start: 0, end: 9, text: 'SELECT 1;' },
    ]);
  });

  it('takes exactly what is selected, with its place in the document', () => {
    assert.deepEqual(statementsToRun(script, { start: 10, end: 18 }), [
      { start: 10, end: 18, text: 'SELECT 2' },
    ]);
  });

  it('takes each statement of a selection', () => {
    assert.deepEqual(
      statementsToRun(script, { start: 0, end: script.length }).map(({ text }) => text),
      ['SELECT 1;', 'SELECT 2;'],
    );
  });

  it('takes nothing from a selection of white space', () => {
    assert.deepEqual(statementsToRun(script, { start: 9, end: 10 }), []);
  });
});

describe('errorRange', () => {
  it('covers the token at the offset', () => {
    assert.deepEqual(errorRange('SELECT nmae FROM users', 7), { start: 7, end: 11 });
  });

  it('covers the whole statement without an offset', () => {
    assert.deepEqual(errorRange('SELECT 1', undefined), { start: 0, end: 8 });
  });
});
