// Packages the extension as out/openwebui-sync.vsix. vsce itself runs the production build first.
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sayFailure } from './lib/console.mjs';
import { rootDir, vsixFile } from './lib/paths.mjs';
import { runMain, runOrFail } from './lib/processes.mjs';

async function main() {
  await mkdir(dirname(vsixFile), { recursive: true });
  const vsce = join(rootDir, 'node_modules', '@vscode', 'vsce', 'vsce');
  const args = ['package', '--no-dependencies', '--allow-missing-repository', '--out', vsixFile];
  const output = await runOrFail('Packaging', process.execPath, [vsce, ...args], { cwd: rootDir });
  console.log(output);
  return 0;
}

await runMain(main, sayFailure);
