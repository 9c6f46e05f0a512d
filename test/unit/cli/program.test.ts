import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { EXIT } from '../../../src/cli/exitCodes';
import { createProgram } from '../../../src/cli/program';
import { assertSentence } from './cliStage';
import { runCli } from './runCli';

const page = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'cli.md'), 'utf8');

const program = createProgram({
  env: {},
  out: () => undefined,
  err: () => undefined,
  ask: undefined,
  askSecret: undefined,
  columns: undefined,
  signal: new AbortController().signal,
});

/** Every command that does something, by all its names: `instances add`. */
function leaves(command: Command, before: readonly string[] = []): [name: string, command: Command][] {
  return command.commands.flatMap((child) => {
    const names = [...before, child.name()];
    return child.commands.length > 0 ? leaves(child, names) : [[names.join(' '), child] as [string, Command]];
  });
}

function all(command: Command): Command[] {
  return [command, ...command.commands.flatMap(all)];
}

describe('the commands', () => {
  const commands = leaves(program);

  it('are those that the product promises', () => {
    const names = new Set(commands.map(([name]) => name));
    for (const name of [
      ...['sync', 'status', 'query', 'export', 'verify', 'backup', 'push', 'serve', 'mcp'],
      ...['report write', 'schedule start', 'schedule install', 'schedule remove', 'schedule status'],
      ...['instances add', 'instances list', 'instances remove', 'instances test'],
      ...['cost connect', 'cost sync', 'cost import', 'cost status'],
    ]) {
      assert.ok(names.has(name), name);
    }
  });

  for (const command of all(program)) {
    it(`${command.name()} says what it is for, and so do its options and arguments`, () => {
      assert.notEqual(command.description(), '');
      for (const { flags, description } of command.options) {
        assert.notEqual(description, '', flags);
      }
      const names = command.options.map(({ long }) => long);
      assert.equal(new Set(names).size, names.length);
    });
  }

  for (const [name, command] of commands.filter(([other]) => other !== 'report list')) {
    it(`${name} takes the data folder by --data`, () => {
      assert.ok(command.options.some(({ long }) => long === '--data'));
    });
  }

  for (const [name] of commands) {
    it(`${name} stands on the page of the command line`, () => {
      assert.ok(page.includes(`\`${name}\``) || page.includes(`\`${name} `), name);
    });
  }

  it('on that page exist', () => {
    const names = new Set(commands.map(([name]) => name));
    for (const [, shown = ''] of page.matchAll(/^\| `([a-z][a-z -]*)` \|/gmu)) {
      assert.ok(names.has(shown), shown);
    }
  });

  it('are listed on that page with every exit code', () => {
    const table = page.slice(page.indexOf('## Exit codes'), page.indexOf('## Keys'));
    const codes = [...table.matchAll(/^\| (\d+) \|/gmu)].map(([, code]) => Number(code));
    assert.deepEqual(codes, Object.values(EXIT));
  });
});

describe('a command that was mistyped', function () {
  this.timeout(30_000);

  for (const [typed, meant] of [
    [['snyc'], 'sync'],
    [['instances', 'ad'], 'add'],
    [['cost', 'imprt'], 'import'],
    [['status', '--jsn'], '--json'],
  ] as const) {
    it(`${typed.join(' ')} is answered with ${meant}`, async () => {
      const { code, err } = await runCli(typed);
      assert.equal(code, 2);
      assertSentence(err, new RegExp(`Did you mean ${meant}\\?`, 'u'));
    });
  }
});
