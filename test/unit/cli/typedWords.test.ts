import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { shellWord } from '../../../src/cli/shellWord';
import { statementLast } from '../../../src/cli/statementLast';
import { wholeNumber } from '../../../src/cli/wholeNumber';
import { generateCompany } from '../../../src/sample/company/company';
import { createQueryRunner } from '../../../src/store/queryRunner';
import { loadInstances } from '../../../src/store/instances/instancesFile';
import { rowsOf, type SqlParameters } from '../../../src/store/resultSet';
import { assertSentence, CliStage } from './cliStage';
import { CLI, runCli } from './runCli';

const company = () => generateCompany({ name: 'fasgpt', users: 3, chats: 4, messages: 12 });

describe('an empty path, as a variable of the shell gives that is not set', function () {
  this.timeout(120_000);

  for (const [args, named] of [
    [['status', '--data', ''], '--data'],
    [['status', '--data='], '--data'],
    [['status', '--data', '  '], '--data'],
    [['instances', 'list', '--data', ''], '--data'],
    [['report', '--output', ''], '--output'],
    [['report', 'all', '--output', ''], '--output'],
    [['changes', '--output', ''], '--output'],
    [['export', '--output', ''], '--output'],
    [['backup', '--output', ''], '--output'],
    [['copy', ''], 'FILE'],
    [['cost', 'import', 'export.csv', ''], 'FILES'],
    [['instances', 'add', 'x', '--url', 'http://h', '--key-file', ''], '--key-file'],
    [['warehouse', 'add', 'x', '--url', 'postgres://u@h/d', '--password-file', ''], '--password-file'],
    [['cost', 'connect', '--scope', 's', '--secret-file', ''], '--secret-file'],
    [['serve', '--token-file', ''], '--token-file'],
    [['schedule', 'install', '--node', ''], '--node'],
  ] as const) {
    it(`is refused by ${args.map((word) => (word === '' ? '""' : word)).join(' ')}`, async () => {
      const { code, out, err } = await runCli(args);
      assert.equal(code, 2, err);
      assert.equal(out, '');
      assertSentence(err, new RegExp(`^${named} takes a path, and the one given is empty\\. .*\\n$`, 'u'));
    });
  }
});

describe('a data folder without anything in it', function () {
  this.timeout(120_000);
  let data = '';
  beforeEach(() => (data = mkdtempSync(join(tmpdir(), 'empty-'))));
  afterEach(() => rmSync(data, { recursive: true }));

  for (const [group, next] of [
    ['instances', /^There is no instance yet\. Add one: instances add NAME .*\n$/u],
    ['cost', /^Nothing is read of Azure yet\. Next: cost connect, or cost import FILE\n$/u],
    ['warehouse', /^There is no warehouse yet\. Next: warehouse add NAME .*\n$/u],
  ] as const) {
    it(`has ${group} list say what to do, beside its output`, async () => {
      const { code, out, err } = await runCli([group, 'list', '--data', data]);
      assert.deepEqual([code, out], [0, '']);
      assert.match(err, next);
    });

    it(`has ${group} list --json give an empty list, and nothing else`, async () => {
      const { code, out, err } = await runCli([group, 'list', '--json', '--data', data]);
      assert.deepEqual([code, out, err], [0, '[]\n', '']);
    });
  }
});

describe('names of instances', function () {
  this.timeout(120_000);
  const stage = new CliStage(company);
  beforeEach(() => stage.set());
  afterEach(() => stage.strike());

  for (const [what, name] of [
    ['a line end', 'fas\ngpt'],
    ['a colour', '\u001b[31mfasgpt'],
    ['a title of the window', '\u009d0;fasgpt\u009c'],
    ['a change of direction', 'fas\u202egpt'],
  ] as const) {
    it(`are refused with ${what}`, async () => {
      const { code, err } = await stage.add(name);
      assert.equal(code, 1);
      assert.equal(err, 'Leave line ends and control characters out of the name.\n');
      assert.deepEqual((await loadInstances(stage.data)).instances, []);
    });
  }

  it('do not steer the terminal where the file has such already', async () => {
    await stage.add();
    const path = join(stage.data, 'instances.json');
    const name = JSON.stringify('f\u001b[31m\nas');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"fasgpt"', name));
    const results = [
      await stage.run(['instances', 'list']),
      await stage.run(['sync']),
      await stage.run(['status']),
      await stage.run(['sync', 'nobody']),
    ];
    for (const { out, err } of results) {
      assert.match(out + err, /f·\[31m·as/iu);
      assert.doesNotMatch(out + err, /(?!\n)\p{Cc}/u);
    }
  });

  it('with blanks are quoted in what is to be typed next', async () => {
    const { out } = await stage.add('fas gpt');
    assert.match(out, /Next: sync "fas gpt"\n$/u);
    await stage.ok(['sync', 'fas gpt']);
  });
});

describe('a word to be pasted', () => {
  for (const [word, shown] of [
    ['fasgpt', 'fasgpt'],
    ['Köln_2.a', 'Köln_2.a'],
    ['fas gpt', '"fas gpt"'],
    ["it's", `"it's"`],
    ['a;b', '"a;b"'],
    ['$HOME x', "'$HOME x'"],
    [`a"b'c`, `'a"b'\\''c'`],
    ['', '""'],
  ] as const) {
    it(`${JSON.stringify(word)} stands as ${shown}`, () => assert.equal(shellWord(word), shown));
  }
});

describe('statements of query', function () {
  this.timeout(120_000);
  const stage = new CliStage(company);
  before(async () => {
    await stage.set();
    await stage.add();
    await stage.ok(['sync']);
  });
  after(() => stage.strike());

  for (const sql of ['-- people\nSELECT 1 AS n', '--people\nSELECT 1 AS n', '-- a=b\nSELECT 1 AS n']) {
    it(`may begin with a comment: ${JSON.stringify(sql)}`, async () => {
      assert.deepEqual(await stage.rows(sql), [{ n: 1 }]);
      assert.equal(await stage.ok(['query', '--csv', sql]), 'n\r\n1\r\n');
      const { out } = await runCli(['query', '--csv', '--data', stage.data, '--', sql]);
      assert.equal(out, 'n\r\n1\r\n');
    });
  }

  for (const [sql, missing] of [
    ['SELECT :given, :other', ':other'],
    ['SELECT :Given', ':Given'],
    ['SELECT $given', '$given'],
    ['SELECT @given', '@given'],
    ['SELECT ?', '?'],
    ['SELECT ?1', '?'],
  ] as const) {
    it(`are refused without a value of their parameter: ${sql}`, async () => {
      const { code, out, err } = await stage.run(['query', sql, '--param', 'given=1']);
      assert.deepEqual(
        [code, out, err],
        [
          2,
          '',
          `There is no value for ${missing}: write parameters as :name and give each a value with --param name=VALUE.\n`,
        ],
      );
    });
  }

  it('take values for their parameters: numbers, NULL and texts', async () => {
    const sql = "SELECT typeof(:a) a, typeof(:b) b, typeof(:c) c, :d d, :größe e, ':f' f";
    const values = ['a=42', 'b=null', "c='42'", 'd=x=y ', ':größe='].flatMap((value) => ['--param', value]);
    assert.deepEqual(JSON.parse(await stage.ok(['query', sql, '--json', ...values])), [
      { a: 'integer', b: 'null', c: 'text', d: 'x=y ', e: '', f: ':f' },
    ]);
  });

  for (const typed of ['x', '=1', '1x=1', 'a b=1', '', 'x=9007199254740993', 'x=1e999']) {
    it(`refuse a value that is typed as ${JSON.stringify(typed)}`, async () => {
      await stage.fails(
        ['query', 'SELECT :x', '--param', typed],
        2,
        /--param <name=value>' argument .* is invalid/u,
      );
    });
  }

  for (const flag of [[], ['--csv']]) {
    it(`that give no result print nothing${flag.join('')}, and say so`, async () => {
      const { code, out, err } = await stage.run(['query', 'PRAGMA shrink_memory', ...flag]);
      assert.deepEqual([code, out, err], [0, '', 'The statement gives no result.\n']);
    });
  }

  it('that give no result are an empty list as JSON', async () => {
    const { code, out, err } = await stage.run(['query', 'PRAGMA shrink_memory', '--json']);
    assert.deepEqual([code, JSON.parse(out), err], [0, [], 'The statement gives no result.\n']);
  });

  for (const sql of ['-- only a comment', '/* nothing */', '', ' ;']) {
    it(`are none where there is nothing in them: ${JSON.stringify(sql)}`, async () => {
      const { code, out, err } = await stage.run(['query', sql]);
      assert.deepEqual([code, out, err], [1, '', 'There is no statement to run.\n']);
    });
  }

  it('give the columns of no rows', async () => {
    const sql = 'SELECT name FROM users WHERE 0';
    assert.equal(await stage.ok(['query', sql, '--csv']), 'name\r\n');
    assert.match(await stage.ok(['query', sql]), /^name\n-+\n$/u);
  });

  /** As they come from a document: own properties, whatever they are called. */
  const PARAMETERS = JSON.parse(
    '{"constructor":"a","__proto__":"b","toString":"c","hasOwnProperty":"d"}',
  ) as SqlParameters;

  for (const [name, value] of Object.entries(PARAMETERS)) {
    it(`take a parameter :${name} as any other`, async () => {
      const sql = `SELECT :${name} AS n`;
      const given = await stage.ok(['query', sql, '--json', '--param', `${name}=${String(value)}`]);
      assert.deepEqual(JSON.parse(given), [{ n: value }]);
      const workerPath = join(dirname(CLI), 'query.js');
      const runner = createQueryRunner({ folder: stage.data, workerPath });
      try {
        assert.deepEqual(rowsOf(await runner.run(sql, { limit: 1, parameters: PARAMETERS })), [{ n: value }]);
        assert.deepEqual(rowsOf(await runner.run(sql, { limit: 1, parameters: {} })), [{ n: null }]);
      } finally {
        runner.dispose();
      }
    });

    it(`give a column ${name} as any other`, async () => {
      const sql = `SELECT 1 AS "${name}"`;
      assert.equal(await stage.ok(['query', sql, '--json']), `[\n{"${name}":1}\n]\n`);
      assert.equal(await stage.ok(['query', sql, '--csv']), `${name}\r\n1\r\n`);
    });
  }

  for (const [command, option] of [
    [['query', 'SELECT 1'], '--limit'],
    [['verify'], '--sample'],
    [['search', 'x'], '--limit'],
  ] as const) {
    for (const typed of ['0x10', '1e3', '0', '-1', '1.0', '', ' 1', '９', '1e400']) {
      it(`${command.join(' ')} take no ${option}=${typed}`, async () => {
        await stage.fails([...command, `${option}=${typed}`], 2, /Give a whole number from 1 /u);
      });
    }
  }
});

describe('a whole number without a maximum', () => {
  it('is one that a number holds exactly', () => {
    const read = wholeNumber({ minimum: 1 });
    assert.equal(read('9007199254740991'), Number.MAX_SAFE_INTEGER);
    assert.equal(read('007'), 7);
    assert.throws(() => read('9007199254740993'), /Give a whole number from 1 on\./u);
  });

  it('names the word that is taken as well', () => {
    assert.throws(
      () => wholeNumber({ minimum: 1, also: '"all"' })('some'),
      /Give a whole number from 1 on, or "all"\./u,
    );
  });
});

describe('arguments that begin like options', () => {
  const argv = (...words: string[]): string[] => ['node', 'cli.js', ...words];

  it('stay where they are unless they are statements', () => {
    for (const words of [
      ['query', '--json', 'SELECT 1'],
      ['query', '--data=/my data', 'SELECT 1'],
      ['query', '--', '-- x\nSELECT 1'],
      ['search', '-- x'],
      [],
    ]) {
      assert.deepEqual(statementLast(argv(...words)), argv(...words));
    }
  });

  it('stand behind all options where they are', () => {
    assert.deepEqual(
      statementLast(argv('query', '-- x\nSELECT 1', '--json')),
      argv('query', '--json', '--', '-- x\nSELECT 1'),
    );
  });
});
