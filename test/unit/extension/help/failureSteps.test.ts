import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMMAND_IDS } from '../../../../src/extension/commands/commandIds';
import {
  failureSteps,
  STEPS_OF_ERRORS,
  stepOfServerFailure,
} from '../../../../src/extension/commands/failureSteps';
import {
  DiskFullError,
  fromWire,
  NewerDatabaseError,
  NoDatabaseError,
  toWire,
} from '../../../../src/store/errors';
import { WarehouseError } from '../../../../src/warehouse/warehouseErrors';
import { FAILURES, OpenWebUiError, type FailureCode } from '../../../../src/sync/openwebui/failures';

const SRC = join(__dirname, '..', '..', '..', '..', 'src');

/** Classes that no command lets out, and why. */
const NEVER_SHOWN: Readonly<Record<string, string>> = {
  CancelledError: 'a cancel is no failure',
  CliError: 'of the command line',
  ApiError: 'told to the extension that called',
  ToolError: 'told to the model that called',
  ProblemError: 'told to the program that asked',
  DamagedFileError: 'of the command line; the extension notes it in its log',
  NotebookFileError: 'told by the editor, which opens the file',
  InvalidQuery: 'of the sample Azure',
  StorageError: 'abstract: its three classes are named',
  ManyTextsError: 'caught where it is thrown',
  OpenWebUiError: 'by its code',
};

function errorClasses(): string[] {
  return readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.m?ts$/.test(name))
    .flatMap((name) =>
      [...readFileSync(join(SRC, name), 'utf8').matchAll(/class (\w+) extends \w*Error\b/g)].map(
        ([, found = '']) => found,
      ),
    );
}

const labelsOf = (error: unknown, canRetry = true): string[] =>
  failureSteps(error, canRetry).map(({ label }) => label);

describe('the next step after a failure', () => {
  it('is known for every error class of the product', () => {
    const classes = errorClasses();
    assert.ok(classes.length > 20);
    const without = classes.filter((name) => !(name in STEPS_OF_ERRORS) && !(name in NEVER_SHOWN));
    assert.deepEqual(without, []);
  });

  it('of a warehouse is what helps there: a push, another password, else to try again', () => {
    assert.deepEqual(labelsOf(new WarehouseError('refused', { remedy: 'otherPassword' })), [
      'Enter Warehouse Password...',
    ]);
    assert.deepEqual(labelsOf(new WarehouseError('empty', { remedy: 'push' })), ['Push to Warehouse...']);
    assert.deepEqual(labelsOf(new WarehouseError('away')), ['Try Again']);
  });

  it('is known for every way in which a server can fail', () => {
    for (const code of Object.keys(FAILURES) as FailureCode[]) {
      assert.equal(failureSteps(new OpenWebUiError(code, { host: 'h' }), true).length, 1, code);
    }
    assert.equal(stepOfServerFailure('keyRejected'), 'signIn');
    assert.equal(stepOfServerFailure('keyExpired'), 'signIn');
    assert.equal(stepOfServerFailure('dns'), 'editInstance');
    assert.equal(stepOfServerFailure('timeout'), 'tryAgain');
    assert.equal(stepOfServerFailure('forbidden'), 'testConnection');
  });

  it('fits what went wrong', () => {
    assert.deepEqual(labelsOf(new NoDatabaseError()), ['Sync All', 'Add Instance...']);
    assert.deepEqual(labelsOf(new NewerDatabaseError()), ['Check for Updates']);
    assert.deepEqual(labelsOf(new DiskFullError('Full.')), ['Try Again', 'Free Up Space...']);
    assert.deepEqual(labelsOf(new TypeError('x is undefined')), ['Report Issue...']);
    assert.deepEqual(labelsOf('a text'), ['Report Issue...']);
  });

  it('is the same for an error that came from another thread', () => {
    const travelled = fromWire(toWire(new DiskFullError('Full.')));
    assert.deepEqual(labelsOf(travelled), labelsOf(new DiskFullError('Full.')));
  });

  it('is no second try where no command failed', () => {
    assert.deepEqual(labelsOf(new DiskFullError('Full.'), false), ['Free Up Space...']);
  });

  it('leaves a sentence that says itself what to do alone', () => {
    assert.deepEqual(labelsOf(new Error('Choose an older one.')), []);
  });

  it('runs only commands that exist', () => {
    const known = new Set<string>(COMMAND_IDS);
    const errors = Object.keys(STEPS_OF_ERRORS).map((name) => Object.assign(new Error(), { name }));
    const commands = errors.flatMap((error) =>
      failureSteps(error, true).flatMap(({ run }) => run?.[0] ?? []),
    );
    const ours = commands.filter((command) => command.startsWith('openwebuiSync.'));
    assert.ok(ours.length > 0);
    assert.deepEqual(
      ours.filter((command) => !known.has(command)),
      [],
    );
  });
});
