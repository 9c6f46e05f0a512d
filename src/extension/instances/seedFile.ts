import * as l10n from '@vscode/l10n';
import * as v from 'valibot';

/** An instance with its key, as the file brings it. */
export interface SeedInstance {
  readonly name: string;
  readonly url: string;
  readonly apiKey: string;
}

/** What Azure bills the instances, for a start without an account. */
export interface SeedCosts {
  /** Path of a cost export. */
  readonly file: string;
  /** Which instances a resource serves, by their names. */
  readonly resources: readonly { readonly resource: string; readonly instances: readonly string[] }[];
}

export interface Seed {
  readonly instances: readonly SeedInstance[];
  readonly costs?: SeedCosts | undefined;
}

const text = v.pipe(v.string(), v.trim(), v.minLength(1));
const schema = v.object({
  version: v.literal(1),
  instances: v.array(v.object({ name: text, url: text, apiKey: text })),
  costs: v.optional(
    v.object({ file: text, resources: v.array(v.object({ resource: text, instances: v.array(text) })) }),
  ),
});

const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);
/** Rights of anybody but the owner. POSIX only: elsewhere the mode says nothing. */
const OTHERS = 0o077;

/**
 * Reads a one-time file of instances with their keys and costs. Everything in it is refused unless only its owner can read it
 * and every address is on this machine.
 * @throws Error with one sentence that never holds a key
 */
export function parseSeedFile(content: string, mode: number, platform: NodeJS.Platform): Seed {
  if (platform !== 'win32' && (mode & OTHERS) !== 0) {
    throw new Error(l10n.t('The seed file is readable by others. Give it mode 0600.'));
  }
  const parsed = v.safeParse(schema, parseJson(content));
  if (!parsed.success) {
    throw new Error(l10n.t('The seed file is not in the form that is expected.'));
  }
  const stranger = parsed.output.instances.find(({ url }) => !isLoopback(url));
  if (stranger !== undefined) {
    throw new Error(
      l10n.t('The seed file names an address that is not on this machine for “{0}”.', stranger.name),
    );
  }
  const { instances, costs } = parsed.output;
  return { instances, costs };
}

/** Whether an address is on this machine. */
export function isLoopback(url: string): boolean {
  if (!URL.canParse(url)) {
    return false;
  }
  const { protocol, hostname } = new URL(url);
  return (protocol === 'http:' || protocol === 'https:') && LOOPBACK_HOSTS.has(hostname);
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    // The parser's message quotes the text, which holds keys: the schema's refusal says enough.
    return undefined;
  }
}
