import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';
import { testFiles } from './testFiles';

/** The checkout, seen from `out/test/host/index.js`. */
const rootDir = join(__dirname, '..', '..', '..');

/**
 * VS Code calls this inside the extension host.
 * @throws when a test fails, which is how VS Code learns it
 */
export async function run(): Promise<void> {
  const mocha = new Mocha({
    ui: 'bdd',
    color: false,
    // When a test gives up, not how long it may take: a busy machine takes many times what an idle one does.
    timeout: 300_000,
    forbidOnly: true,
    reporter: join(rootDir, 'scripts', 'lib', 'resultReporter.cjs'),
  });
  const [, pattern] = JSON.parse(process.env['OPENWEBUI_SYNC_MOCHA_ARGS'] ?? '[]') as readonly string[];
  if (pattern !== undefined) {
    mocha.grep(pattern);
  }
  // The files are part of one bundle, so mocha cannot load them by name: `describe` and `it` are put in place first.
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  for (const load of Object.values(testFiles)) {
    await load();
  }
  addListTest();
  const failures = await new Promise<number>((resolve) => {
    mocha.run(resolve);
  });
  if (failures > 0) {
    throw new Error(`${failures} host tests failed`);
  }
}

function addListTest(): void {
  describe('host suite', () => {
    it('runs every file of its folder', () => {
      const present = readdirSync(join(rootDir, 'test', 'host')).filter((name) => name.endsWith('.test.ts'));
      const missing = present.filter((name) => !(name in testFiles));
      if (missing.length > 0) {
        throw new Error(`Not in testFiles.ts: ${missing.join(', ')}`);
      }
    });
  });
}
