import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onShutdown } from './processes.mjs';

const offerEveryMs = 500;

/**
 * Hands instances and their keys to the extension by a file that only this user can read. The extension takes it once and
 * deletes it; whatever happens, it is gone when we end.
 * @param {readonly { name: string, url: string, apiKey: string }[]} instances
 * @param {{ folder?: string, costs?: object }} [options] `folder`: one of the file's own, made here; `costs`: a cost export of the
 *   instances and which resources they use
 * @returns {{ file: string, keepOffering: () => void }} `keepOffering` puts the file back whenever it was taken: in a browser's
 *   VS Code the keys live in the browser, so each further browser needs them too
 */
export function offerSeed(
  instances,
  { folder = mkdtempSync(join(tmpdir(), 'openwebui-sync-seed-')), costs } = {},
) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  onShutdown(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'seed.json');
  const write = () =>
    writeFileSync(file, JSON.stringify({ version: 1, instances, costs }), { mode: 0o600, flag: 'wx' });
  write();
  const keepOffering = () => {
    const timer = setInterval(() => {
      if (!existsSync(file)) {
        write();
      }
    }, offerEveryMs);
    onShutdown(() => clearInterval(timer));
  };
  return { file, keepOffering };
}
