import { build } from 'esbuild';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';

const REPOSITORY = join(__dirname, '../../..');

/**
 * Bundles programs as the product's build does.
 * @param entries name of the bundle -> path of its entry below the repository.
 * @returns path of a bundle by its name.
 */
export async function bundle(
  outdir: string,
  entries: Readonly<Record<string, string>>,
): Promise<(name: string) => string> {
  await build({
    absWorkingDir: REPOSITORY,
    entryPoints: { ...entries },
    outdir,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    loader: { '.sql': 'text' },
    logLevel: 'warning',
  });
  copyFileSync(join(REPOSITORY, 'node_modules/sql.js/dist/sql-wasm.wasm'), join(outdir, 'sql-wasm.wasm'));
  return (name) => join(outdir, `${name}.js`);
}
