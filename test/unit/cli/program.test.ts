import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { EXIT } from '../../../src/cli/exitCodes';
import { createProgram } from '../../../src/cli/program';
import type { Terminal } from '../../../src/cli/terminal';
import { assertSentence } from './cliStage';
import { runCli } from './runCli';

const page = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'cli.md'), 'utf8');

const SILENT: Terminal = {
  env: {},
  out: () => undefined,
  err: () => undefined,
  ask: undefined,
  askSecret: undefined,
  columns: undefined,
  signal: new AbortController().signal,
};
const program = createProgram(SILENT);

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

/** What stands behind the name of the program, and what the tables show without it. */
function linesOf(markdown: string): readonly string[] {
  const blocks = [...markdown.matchAll(/```bash\n([\s\S]*?)```/gu)].map(([, block = '']) => block);
  const typed = blocks.flatMap((block) =>
    [...block.matchAll(/(?:openwebui-sync|cli\.js) (?!status$)([a-z][^\n#]*)/gmu)].map(
      ([, line = '']) => line,
    ),
  );
  const names = program.commands.map((command) => command.name()).join('|');
  const shown = [...markdown.replace(/```[\s\S]*?```/gu, '').matchAll(/`([^`]+)`/gu)]
    .map(([, code = '']) => code)
    .filter((code) => new RegExp(`^(?:${names})(?: |$)`, 'u').test(code));
  return [...typed, ...shown].map((line) => line.replace(/ <.*$/u, '').trim());
}

/** As a shell splits it. */
function words(line: string): readonly string[] {
  return [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/gu)].map(
    ([, single, double, bare]) => single ?? double ?? bare ?? '',
  );
}

describe('a line of the page of the command line', () => {
  const lines = linesOf(page);

  it('is one of many', () => {
    assert.ok(lines.length > 60, String(lines.length));
  });

  for (const line of new Set(lines)) {
    it(`${line} has a command, with options and values that it takes`, async () => {
      const typed = createProgram(SILENT);
      const taken: string[] = [];
      for (const command of all(typed)) {
        command.configureOutput({ writeErr: () => undefined, writeOut: () => undefined }).exitOverride();
        if (command.commands.length === 0) {
          command.action(() => {
            taken.push(command.name());
          });
        }
      }
      try {
        await typed.parseAsync(words(line), { from: 'user' });
        assert.equal(taken.length, 1);
      } catch (error) {
        // A name of a group alone shows its commands, and one may ask for help.
        const { code } = error as { readonly code?: string };
        const [group = ''] = words(line);
        const isGroup =
          words(line).length === 1 &&
          (typed.commands.find((one) => one.name() === group)?.commands.length ?? 0) > 0;
        const isBareName =
          words(line).length <= 2 &&
          (code === 'commander.missingArgument' ||
            /^commander\.(?:missingMandatoryOptionValue|optionMissingArgument)$/u.test(code ?? ''));
        assert.ok(
          code === 'commander.helpDisplayed' || (isGroup && code === 'commander.help') || isBareName,
          String(error),
        );
      }
    });
  }
});

describe('a command that was mistyped', () => {
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
