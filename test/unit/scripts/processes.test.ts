import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { childEnv, launch, run, runOrFail, stop } from '../../../scripts/lib/processes.mjs';

const node = process.execPath;

describe('processes', () => {
  it('gives the exit code and the lines of both outputs', async () => {
    const script = 'console.log("one"); console.error("two"); process.exitCode = 3;';
    const { code, output } = await run(node, ['-e', script]);
    assert.equal(code, 3);
    assert.deepEqual(output.split('\n').sort(), ['one', 'two']);
  });

  it('names the step and shows the output of a command that fails', async () => {
    await assert.rejects(
      () => runOrFail('Packaging', node, ['-e', 'console.error("no icon"); process.exit(2)']),
      /^SetupError: Packaging failed \(exit code 2\): [^]*no icon/,
    );
  });

  it('stops a process together with what it started', async function () {
    if (process.platform === 'win32') {
      this.skip();
    }
    const stubborn =
      'process.on("SIGTERM", () => undefined); console.log("up"); setInterval(() => undefined, 1000)';
    const parent = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(stubborn)}], { stdio: 'inherit' })`;
    const child = launch(node, ['-e', parent]);
    assert.ok(child.stdout);
    await once(createInterface({ input: child.stdout }), 'line');
    await stop(child);
    // The stubborn one holds the other end of this pipe: it is closed when both are gone.
    assert.equal(child.stdout.destroyed, true);
  });

  it('keeps the variables of a surrounding VS Code from a child', () => {
    const { VSCODE_PID, VSCODE_OWN, OTHER } = childEnv({
      VSCODE_PID: undefined,
      VSCODE_OWN: 'x',
      OTHER: 'y',
    });
    assert.deepEqual([VSCODE_PID, VSCODE_OWN, OTHER], [undefined, 'x', 'y']);
  });
});
