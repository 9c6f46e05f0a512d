import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const root = join(__dirname, '../../../..');
/** Where a consumer has copied the published types: beside its own file. */
const consumer = join(root, 'api/consumer.ts');

/** What the compiler says to an extension that uses the published types. */
function complaintsAbout(code: string): readonly string[] {
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    types: ['node', 'vscode'],
    typeRoots: [join(root, 'node_modules/@types')],
    exactOptionalPropertyTypes: true,
  };
  const host = ts.createCompilerHost(options);
  const onDisk = ts.createCompilerHost(options);
  host.fileExists = (name) => name === consumer || onDisk.fileExists(name);
  host.getSourceFile = (name, version, ...rest) =>
    name === consumer
      ? ts.createSourceFile(name, code, version)
      : onDisk.getSourceFile(name, version, ...rest);
  const program = ts.createProgram([consumer], { ...options, skipLibCheck: true }, host);
  const published = program.getSourceFile(join(root, 'api/openwebui-sync.d.ts'));
  assert.ok(published, 'the consumer imports the published types');
  return [program.getSourceFile(consumer), published].flatMap((file) =>
    [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
      ({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'),
    ),
  );
}

function exampleOfTheDocs(): string {
  const page = readFileSync(join(root, 'docs/extension-api.md'), 'utf8');
  const [, example] = /```ts\n([\s\S]*?)```/u.exec(page) ?? [];
  assert.ok(example, 'there is an example');
  return example;
}

describe('The published types of the API', () => {
  it('compile with the example of the documentation', () => {
    assert.deepEqual(complaintsAbout(exampleOfTheDocs()), []);
  }).timeout(180_000);

  it('fit what the extension returns', () => {
    const complaints = complaintsAbout(`
      import type { OpenWebUiSyncApiV1 } from './openwebui-sync';
      import type { createApiV1 } from '../src/extension/api/apiV1';
      export const fits = (made: ReturnType<typeof createApiV1>): OpenWebUiSyncApiV1 => made;
      export const differs = (made: ReturnType<typeof createApiV1>): number => made;`);
    assert.deepEqual(complaints, [`Type 'OpenWebUiSyncApiV1' is not assignable to type 'number'.`]);
  }).timeout(180_000);

  it('allow no version that is not offered, no write to what was given, and no parameter that cannot be bound', () => {
    const complaints = complaintsAbout(`
      import type { OpenWebUiSyncExtension } from './openwebui-sync';
      export function use(extension: OpenWebUiSyncExtension): void {
        extension.getApi(2);
        const api = extension.getApi(1);
        api.instances()[0]!.name = 'mine';
        void api.query('SELECT :a', { parameters: { a: new Date() } });
      }`);
    assert.equal(complaints.length, 3, complaints.join('\n'));
  }).timeout(180_000);
});
