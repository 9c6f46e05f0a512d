import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

const src = join(__dirname, '..', '..', 'src');

interface Import {
  /** Path below src, or the name of a package. */
  readonly target: string;
  readonly isTypeOnly: boolean;
}

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/g;

function files(): string[] {
  return readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.m?ts$/.test(name))
    .map((name) => name.split(sep).join('/'));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(src, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  return [...text.matchAll(IMPORT)].map(([, type, from, dynamic]) => ({
    target: resolve(file, from ?? dynamic ?? ''),
    isTypeOnly: type !== undefined,
  }));
}

function resolve(file: string, specifier: string): string {
  if (!specifier.startsWith('.')) {
    return specifier;
  }
  const path = relative(src, join(src, dirname(file), specifier))
    .split(sep)
    .join('/');
  const candidates = [path, `${path}.ts`, `${path}.mts`, path.replace(/\.mjs$/, '.mts'), `${path}/index.ts`];
  return candidates.find((candidate) => /\.\w+$/.test(candidate) && existsSync(join(src, candidate))) ?? path;
}

const graph = new Map(files().map((file) => [file, importsOf(file)]));

/** Every import of a file below `from` whose target matches. */
function importsInto(from: string, target: RegExp, { types = true } = {}): string[] {
  return [...graph]
    .filter(([file]) => file.startsWith(`${from}/`))
    .flatMap(([file, imports]) =>
      imports
        .filter((edge) => target.test(edge.target) && (types || !edge.isTypeOnly))
        .map((edge) => `${file} -> ${edge.target}`),
    );
}

describe('the boundaries between folders', () => {
  it('hold VS Code inside the extension', () => {
    for (const folder of [
      'language',
      'sync',
      'store',
      'reports',
      'webview',
      'warehouse',
      'assistant',
      'serve',
      'mcp',
      'headless',
      'cli',
      'sample',
      'demo',
    ]) {
      assert.deepEqual(importsInto(folder, /^vscode$/), []);
    }
  });

  const forbidden: Readonly<Record<string, RegExp>> = {
    store: /^(sync|reports|extension|cli|webview|sample|demo)\/|^ofetch$|^node:https?$/,
    sync: /^(reports|extension|cli|webview|sample|demo)\/|^sql\.js$/,
    reports: /^(sync|extension|cli|sample|demo)\/|^ofetch$|^sql\.js$/,
    warehouse: /^(sync|extension|cli|webview|sample|demo)\/|^ofetch$|^sql\.js$/,
    webview: /^(sync|extension|cli|sample|demo)\/|^node:|^sql\.js$/,
    assistant: /^(extension|cli|webview|sample|demo|serve|mcp)\/|^ofetch$|^sql\.js$/,
    serve: /^(extension|cli|webview|sample|demo)\/|^ofetch$|^sql\.js$/,
    mcp: /^(extension|cli|webview|sample|demo)\/|^ofetch$|^sql\.js$/,
    headless: /^(reports|extension|cli|webview|sample|demo)\//,
    cli: /^(extension|webview|sample|demo)\//,
    extension: /^(cli|sample)\/|^sql\.js$|^vega/,
    sample: /^(sync|store|reports|extension|cli|webview|demo)\//,
    demo: /^(reports|extension|cli|webview)\/|^sql\.js$/,
  };
  for (const [folder, targets] of Object.entries(forbidden)) {
    it(`keep ${folder} from importing what it must not know`, () => {
      assert.deepEqual(importsInto(folder, targets), []);
    });
  }

  it('let the extension know nothing of what makes the demo but the types of its messages', () => {
    const known = importsInto('extension', /^demo\//);
    assert.ok(
      known.every((edge) => edge.endsWith('-> demo/protocol.ts')),
      known.join(),
    );
    assert.deepEqual(importsInto('extension', /^demo\//, { types: false }), []);
  });

  it('keep SQLite away from the main thread', () => {
    const reached = reachableFrom('extension/extension.ts');
    const loaders = [...graph].filter(([, imports]) =>
      imports.some(({ target, isTypeOnly }) => target === 'sql.js' && !isTypeOnly),
    );
    assert.ok(loaders.length > 0);
    assert.deepEqual(
      loaders.map(([file]) => file).filter((file) => reached.has(file)),
      [],
    );
  });

  const everybody = ['extension/extension.ts', 'cli/main.ts', 'demo/demoWorker.ts', 'sample/main.ts'];
  for (const { entry, packages, others } of [
    { entry: 'sync/azure/azure.ts', packages: /^@azure\//, others: everybody },
    { entry: 'warehouse/warehouse.ts', packages: /^pg(-|$)/, others: everybody },
    {
      entry: 'serve/servers.ts',
      packages: /^(?:hono$|hono\/|@hono\/|@modelcontextprotocol\/|prom-client$)/,
      others: ['extension/extension.ts', 'cli/main.ts'],
    },
  ]) {
    it(`let only what leads from ${entry} know ${packages.source}`, () => {
      const users = [...graph]
        .filter(([, imports]) =>
          imports.some(({ target, isTypeOnly }) => packages.test(target) && !isTypeOnly),
        )
        .map(([file]) => file);
      const bundle = reachableFrom(entry);
      assert.ok(users.length > 0);
      assert.deepEqual(
        users.filter((file) => !bundle.has(file)),
        [],
      );
      for (const other of others) {
        const reached = reachableFrom(other);
        assert.deepEqual(
          users.filter((file) => reached.has(file)),
          [],
          other,
        );
      }
    });
  }

  it('resolve every import of a file', () => {
    const lost = [...graph].flatMap(([file, imports]) =>
      imports
        .filter(({ target }) => /^(store|sync|reports|extension|cli|webview|sample|demo)\//.test(target))
        .filter(({ target }) => !existsSync(join(src, target)))
        .map(({ target }) => `${file} -> ${target}`),
    );
    assert.deepEqual(lost, []);
  });

  it('have no cycles', () => {
    assert.deepEqual(findCycle(), undefined);
  });
});

/** Files that are loaded with `entry`; types are gone by then. */
function reachableFrom(entry: string): ReadonlySet<string> {
  const reached = new Set<string>();
  const visit = (file: string): void => {
    if (reached.has(file)) {
      return;
    }
    reached.add(file);
    for (const { target, isTypeOnly } of graph.get(file) ?? []) {
      if (!isTypeOnly) {
        visit(target);
      }
    }
  };
  visit(entry);
  return reached;
}

/** A chain of files that import each other, types included; undefined when there is none. */
function findCycle(): string[] | undefined {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(file)) {
      return [...path.slice(path.indexOf(file)), file];
    }
    if (done.has(file)) {
      return undefined;
    }
    for (const { target } of graph.get(file) ?? []) {
      const cycle = graph.has(target) ? visit(target, [...path, file]) : undefined;
      if (cycle !== undefined) {
        return cycle;
      }
    }
    done.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const cycle = visit(file, []);
    if (cycle !== undefined) {
      return cycle;
    }
  }
  return undefined;
}
