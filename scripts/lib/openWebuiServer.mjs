import { mkdir, open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { venvProgram } from './openWebuiInstall.mjs';
import { findPort, waitForUrl } from './ports.mjs';
import { childEnv, launch, stop } from './processes.mjs';

const startLimitMs = 240_000;
const shownLogLines = 20;

/** Found in the user's shell, these would change what the server does. */
const inheritedNames = ['PATH', 'HOME', 'LANG', 'TMPDIR'];

/**
 * Starts an installed Open WebUI on a free port with an empty database.
 * @param {{ venv: string, folder: string, providerUrl: string }} options `folder`: for the server's data and log
 * @returns {Promise<{
 *   url: string, database: string, python: string, stop: () => Promise<void>,
 *   restart: (environment: Record<string, string>) => Promise<void>
 * }>} `restart`: at the same address with the same data, its environment changed by what is given
 */
export async function startOpenWebui({ venv, folder, providerUrl }) {
  const dataFolder = path.join(folder, 'data');
  await mkdir(dataFolder, { recursive: true });
  const port = await findPort();
  const start = (changes = {}) =>
    startServer({ venv, folder, port, env: { ...serverEnvironment(dataFolder, providerUrl), ...changes } });
  let server = await start();
  return {
    url: `http://127.0.0.1:${port}`,
    database: path.join(dataFolder, 'webui.db'),
    python: venvProgram(venv, 'python'),
    stop: () => stop(server),
    restart: async (environment) => {
      await stop(server);
      server = await start(environment);
    },
  };
}

/** @returns the process, once it answers */
async function startServer({ venv, folder, port, env }) {
  const logFile = path.join(folder, 'server.log');
  const log = await open(logFile, 'w');
  const server = launch(
    venvProgram(venv, 'open-webui'),
    ['serve', '--host', '127.0.0.1', '--port', String(port)],
    { cwd: folder, env, stdio: ['ignore', log.fd, log.fd] },
  );
  await log.close();
  const isAlive = () => server.exitCode === null && server.signalCode === null;
  if (!(await waitForUrl(`http://127.0.0.1:${port}/health`, { timeoutMs: startLimitMs, isAlive }))) {
    const trouble = isAlive() ? `did not answer within ${startLimitMs / 1000} s` : 'ended while starting';
    await stop(server);
    const tail = (await readFile(logFile, 'utf8')).trimEnd().split('\n').slice(-shownLogLines).join('\n');
    throw new Error(`Open WebUI ${trouble}. The end of its log:\n${tail}`);
  }
  return server;
}

function serverEnvironment(dataFolder, providerUrl) {
  const inherited = Object.entries(childEnv()).filter(([name]) => inheritedNames.includes(name));
  return {
    ...Object.fromEntries(inherited),
    DATA_DIR: dataFolder,
    WEBUI_SECRET_KEY: 'contract-test',
    WEBUI_AUTH: 'true',
    ENABLE_SIGNUP: 'true',
    OFFLINE_MODE: 'true',
    HF_HUB_OFFLINE: '1',
    ENABLE_OLLAMA_API: 'false',
    ENABLE_OPENAI_API: 'true',
    OPENAI_API_BASE_URL: providerUrl,
    OPENAI_API_KEY: 'stub',
    RAG_EMBEDDING_ENGINE: 'openai',
    BYPASS_EMBEDDING_AND_RETRIEVAL: 'true',
    // The switch was renamed in 0.6.37; each version reads its own name.
    ENABLE_API_KEY: 'true',
    ENABLE_API_KEYS: 'true',
    // 0.7 asks administrators for this permission too.
    USER_PERMISSIONS_FEATURES_API_KEYS: 'true',
    ENABLE_VERSION_UPDATE_CHECK: 'false',
    ENABLE_PERSISTENT_CONFIG: 'false',
    SCARF_NO_ANALYTICS: 'true',
    DO_NOT_TRACK: 'true',
    ANONYMIZED_TELEMETRY: 'false',
  };
}
