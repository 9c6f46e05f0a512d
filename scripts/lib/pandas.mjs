import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { say } from './console.mjs';
import { withFolderLock } from './openWebuiLock.mjs';
import { ensurePython } from './openWebuiPython.mjs';
import { cacheDir, isProgram } from './paths.mjs';
import { run } from './processes.mjs';

/** What the tests of exports read with. */
const packages = ['numpy==2.4.6', 'pandas==3.1.1', 'pyarrow==26.0.1'];
const stampFile = 'installed.txt';

/**
 * A Python with pandas, in a virtual environment in the cache.
 * @returns {Promise<{ python: string } | { missing: string }>} its interpreter, or what is missing here
 */
export async function ensurePandas() {
  const venv = join(cacheDir(), 'pandas');
  return withFolderLock(venv, async () => {
    const python = interpreterOf(venv);
    if ((await stampOf(venv)) === packages.join('\n') && isProgram(python)) {
      return { python };
    }
    const base = await ensurePython('to read exports with pandas');
    if (base === undefined) {
      return { missing: 'there is no Python 3.11 with the venv module here' };
    }
    say(`Installing ${packages.join(', ')} …`);
    await rm(venv, { recursive: true, force: true });
    const steps = [
      [base, ['-m', 'venv', venv]],
      // Wheels alone: compiling takes longer than all tests.
      [python, ['-m', 'pip', 'install', '--quiet', '--only-binary', ':all:', ...packages]],
    ];
    for (const [program, args] of steps) {
      const { code, output } = await run(program, args);
      if (code !== 0) {
        return { missing: `pandas could not be installed: ${output.trimEnd().split('\n').at(-1)}` };
      }
    }
    await writeFile(join(venv, stampFile), packages.join('\n'));
    return { python };
  });
}

function interpreterOf(venv) {
  return process.platform === 'win32' ? join(venv, 'Scripts', 'python.exe') : join(venv, 'bin', 'python');
}

/** Written last: a folder without it is half-finished and is made anew. */
function stampOf(venv) {
  return readFile(join(venv, stampFile), 'utf8').catch(() => undefined);
}
