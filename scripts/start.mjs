// npm start [-- --url https://…] [--port N]: a real VS Code with the extension, on three sample servers or on a real one.
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openInBrowser } from './lib/browser.mjs';
import { ensureCodeServer, installExtension, startCodeServer } from './lib/codeServer.mjs';
import { SetupError, say, sayFailure } from './lib/console.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { findDesktop, installInDesktop, openDesktop } from './lib/desktop.mjs';
import { cacheDir, vsixFile } from './lib/paths.mjs';
import { findPort } from './lib/ports.mjs';
import { runMain } from './lib/processes.mjs';
import { ensureProduct } from './lib/product.mjs';
import { installOnce, prepareProfile } from './lib/profile.mjs';
import { startSampleServers } from './lib/sampleServers.mjs';
import { offerSeed } from './lib/seedFile.mjs';

/** Always the same where it is free: a browser keeps the keys by address. */
const usualPort = 8723;

function readOptions() {
  const { values } = parseArgs({ options: { url: { type: 'string' }, port: { type: 'string' } } });
  const port = values.port === undefined ? usualPort : Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new SetupError(`--port takes a number from 1 to 65535, not "${values.port}".`);
  }
  if (values.url !== undefined && !isWebAddress(values.url)) {
    throw new SetupError(`--url takes an address like https://chat.example.com, not "${values.url}".`);
  }
  return { url: values.url, port };
}

function isWebAddress(text) {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** What the extension finds in its environment, and what has to go on while VS Code runs. */
async function prepareInstances(url, profileDir) {
  if (url !== undefined) {
    return { env: { OPENWEBUI_SYNC_ADD_URL: url }, keepOffering: () => undefined };
  }
  const { instances, costs } = await startSampleServers({
    stateFile: join(profileDir, 'sample-state.json'),
    costsFile: join(profileDir, 'sample-costs.csv'),
    usePorts: true,
  });
  for (const { name, url: address } of instances) {
    say(`Sample server ${name} at ${address}`);
  }
  const { file, keepOffering } = offerSeed(instances, { costs });
  return { env: { OPENWEBUI_SYNC_SEED_FILE: file }, keepOffering };
}

async function showInDesktop(desktop, profileDir, env) {
  const folder = await prepareProfile(profileDir);
  await installOnce(profileDir, vsixFile, () => installInDesktop(desktop, { profileDir, vsix: vsixFile }));
  const isDemo = 'OPENWEBUI_SYNC_SEED_FILE' in env;
  const window = openDesktop(desktop, { profileDir, folder, env, isDemo });
  say('VS Code is open. Close its window or press Ctrl+C to stop.');
  return window;
}

async function showInBrowser(codeServer, profileDir, env, port) {
  const folder = await prepareProfile(profileDir);
  await installOnce(profileDir, vsixFile, () => installExtension(codeServer, { profileDir, vsix: vsixFile }));
  const { url, child } = await startCodeServer(codeServer, {
    profileDir,
    folder,
    env,
    port: await findPort(port),
  });
  const isShown = await openInBrowser(url);
  say(`VS Code is ready${isShown ? ' in your browser' : ''}: ${url}`);
  say('Press Ctrl+C to stop.');
  return child;
}

async function main() {
  const { url, port } = readOptions();
  await ensureDependencies();
  const desktop = await findDesktop();
  const codeServer = desktop ?? (await ensureCodeServer());
  await ensureProduct();
  const profileDir = join(cacheDir(), url === undefined ? 'demo' : 'own');
  const { env, keepOffering } = await prepareInstances(url, profileDir);
  let vsCode;
  if (desktop === undefined) {
    vsCode = await showInBrowser(codeServer, profileDir, env, port);
    keepOffering();
  } else {
    vsCode = await showInDesktop(desktop, profileDir, env);
  }
  const [code] = await once(vsCode, 'close');
  return code ?? 1;
}

await runMain(main, sayFailure);
