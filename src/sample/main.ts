import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { companyAzure } from './azure/companyAzure';
import { exportCsv } from './azure/exportCsv';
import { COMPANIES, generateCompany, type CompanyName } from './company/company';
import { DemoMemory } from './demoState';
import { Growth } from './growth';
import { startSampleServer, type SampleServer } from './server';

const USAGE = `Starts three sample Open WebUI servers on 127.0.0.1 and prints their addresses and keys as one line of JSON.

  --port-base N        first of three ports in a row (default: free ones)
  --key KEY            the administrators' API key (default: a random one for each)
  --now SECONDS        end of the generated history (default: today 00:00 UTC)
  --state FILE         remembers the growth, so that the next start goes on from there
  --costs FILE         writes what Azure bills the companies, as a cost export; the line of JSON says who uses which resource
  --exit-with-parent   ends when standard input closes
`;

const DAY = 86_400;

interface DemoOptions {
  readonly portBase: number | null;
  readonly key: string | null;
  readonly now: number;
  readonly stateFile: string | null;
  readonly costsFile: string | null;
  readonly exitsWithParent: boolean;
}

const secondsNow = (): number => Math.floor(Date.now() / 1000);

/** @throws Error with a sentence for the user */
function readOptions(): DemoOptions {
  const { values } = parseArgs({
    options: {
      'port-base': { type: 'string' },
      key: { type: 'string' },
      now: { type: 'string' },
      state: { type: 'string' },
      costs: { type: 'string' },
      'exit-with-parent': { type: 'boolean', default: false },
    },
  });
  const today = Math.floor(secondsNow() / DAY) * DAY;
  return {
    portBase: wholeNumber('--port-base', values['port-base'], 65_533),
    key: values.key ?? null,
    now: wholeNumber('--now', values.now, 2 * today) ?? today,
    stateFile: values.state ?? null,
    costsFile: values.costs ?? null,
    exitsWithParent: values['exit-with-parent'],
  };
}

function wholeNumber(option: string, text: string | undefined, max: number): number | null {
  if (text === undefined) {
    return null;
  }
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > max) {
    throw new Error(`${option} must be a whole number from 1 to ${max}, not "${text}".`);
  }
  return value;
}

async function startCompany(
  name: CompanyName,
  index: number,
  options: DemoOptions,
  memory: DemoMemory,
): Promise<SampleServer> {
  const world = generateCompany({ name, ...COMPANIES[name], now: memory.now, clock: secondsNow });
  const state = memory.growthOf(name);
  const growth = new Growth(world, {
    seed: name,
    ...(state === undefined ? {} : { state }),
    onChange: (changed) => {
      memory.keep(name, changed);
    },
  });
  return startSampleServer({
    world,
    growth,
    port: options.portBase === null ? 0 : options.portBase + index,
    apiKey: options.key ?? `sk-${randomBytes(16).toString('hex')}`,
  });
}

/** Which instances a resource serves, by their names. */
interface ServedResource {
  readonly resource: string;
  readonly instances: readonly string[];
}

/** Bills the companies until yesterday. */
function writeCosts(
  file: string,
  names: readonly CompanyName[],
  servers: readonly SampleServer[],
): { readonly file: string; readonly resources: readonly ServedResource[] } {
  const companies = servers.map(({ world }, index) => ({ name: names[index] ?? '', world }));
  const { world, subscription, served } = companyAzure(companies, () => secondsNow() * 1000);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, exportCsv(world, subscription), { mode: 0o600 });
  const resources = served.map(({ resource, companies: instances }) => ({
    resource: resource.id,
    instances,
  }));
  return { file, resources };
}

async function main(): Promise<void> {
  const options = readOptions();
  const memory = new DemoMemory(options.stateFile, options.now);
  const names = Object.keys(COMPANIES) as CompanyName[];
  const servers = await Promise.all(names.map((name, index) => startCompany(name, index, options, memory)));
  const instances = servers.map(({ url, apiKey }, index) => ({ name: names[index], url, apiKey }));
  const { costsFile } = options;
  const costs = costsFile === null ? undefined : writeCosts(costsFile, names, servers);
  process.stdout.write(`${JSON.stringify({ instances, costs })}\n`);

  const stop = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.close()));
    process.exit(0);
  };
  const stopNow = (): void => {
    void stop();
  };
  process.once('SIGINT', stopNow);
  process.once('SIGTERM', stopNow);
  if (options.exitsWithParent) {
    process.stdin.once('end', stopNow).once('close', stopNow).resume();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  // Servers that did start must not keep the process alive.
  process.exit(1);
});
