import assert from 'node:assert/strict';
import { CliError, EXIT } from '../../../src/cli/exitCodes';
import { chooseReport, type ReportWords } from '../../../src/cli/reportChoice';
import type { Instance } from '../../../src/store/instances/instance';

const instance = (id: number, name: string): Instance => ({
  id,
  name,
  url: 'https://chat.example',
  enabled: true,
});
const instances = [instance(1, 'FASGPT'), instance(2, 'RESGPT'), instance(3, 'users')];

function chosen(words: ReportWords): string {
  const { definition, instance: of } = chooseReport(words, instances);
  return `${definition.id} of ${of?.name ?? 'all'}`;
}

function refusal(words: ReportWords): string {
  try {
    chooseReport(words, instances);
  } catch (error) {
    assert.ok(error instanceof CliError);
    assert.equal(error.exitCode, EXIT.usage);
    return error.message;
  }
  throw new Error('nothing was refused');
}

describe('the words that choose a report', () => {
  for (const [words, expected] of [
    [{}, 'overview of all'],
    [{ all: true }, 'overview of all'],
    [{ name: 'cost' }, 'cost of all'],
    [{ name: 'COST', all: true }, 'cost of all'],
    [{ name: 'cost', instance: 'fasgpt' }, 'cost of FASGPT'],
    [{ name: 'fasgpt' }, 'overview of FASGPT'],
    [{ name: 'fasgpt', report: 'cost' }, 'cost of FASGPT'],
    [{ report: 'cost' }, 'cost of all'],
    [{ report: 'users', instance: 'users' }, 'users of users'],
    [{ name: 'users', all: true }, 'users of all'],
    [{ name: 'users', instance: 'fasgpt' }, 'users of FASGPT'],
    [{ name: 'users', report: 'cost' }, 'cost of users'],
    [{ instance: 'users' }, 'overview of users'],
  ] as const) {
    it(`${JSON.stringify(words)} are ${expected}`, () => {
      assert.equal(chosen(words), expected);
    });
  }

  for (const [words, expected] of [
    [
      { name: 'users' },
      /^"users" is a report and an instance\. Say which: report --report users, or report --instance users\.$/,
    ],
    [
      { name: 'nothing' },
      /^There is no report "nothing", nor an instance of that name\. Reports: overview, .*\. Instances: FASGPT, RESGPT, users\.$/,
    ],
    [{ name: 'fasgpt', report: 'nothing' }, /^There is no report "nothing"\. There are overview, /],
    [{ name: 'nobody', report: 'cost' }, /^There is no instance "nobody"\. Instances: FASGPT/],
    [{ name: 'cost', report: 'overview' }, /^Give the report once/],
    [{ name: 'fasgpt', instance: 'resgpt' }, /^Give the instance once/],
    [{ name: 'fasgpt', all: true }, /^Give the instance once/],
    [{ instance: 'nobody' }, /^There is no instance "nobody"/],
  ] as const) {
    it(`${JSON.stringify(words)} are refused with what there is`, () => {
      assert.match(refusal(words), expected);
    });
  }
});
