import assert from 'node:assert/strict';
import { check, object, parse, pipe, string } from 'valibot';

const toolsSchema = object({
  codeServer: object({ node: string(), entry: string(), serverMain: string() }),
  browser: pipe(
    string(),
    check((path) => path !== ''),
  ),
  vsix: string(),
});

/** What the runner has set up: an installed code-server, a Chromium and the packaged extension (full paths). */
export function readTools() {
  const text = process.env['OPENWEBUI_SYNC_E2E'];
  assert.ok(text, 'Run these tests with: npm test -- --suite=e2e');
  return parse(toolsSchema, JSON.parse(text));
}
