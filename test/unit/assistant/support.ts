import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { callTool, type ToolHost } from '../../../src/assistant/callTool';
import { TOOLS } from '../../../src/assistant/tools/allTools';
import type { Tool, ToolName } from '../../../src/assistant/toolTypes';
import type { Instance } from '../../../src/store/instances/instance';
import { createQueryRunner } from '../../../src/store/queryRunner';
import type { QueryRunner } from '../../../src/store/resultSet';
import type { MirrorStatus } from '../../../src/store/runs';
import { loadStatus } from '../../../src/store/status';
import { createReader } from '../../../src/store/reader';
import { bundle } from '../store/bundle';
import { begin, chat, exchange, fetched, NOON, runEnd, useMirrors, user } from '../store/builders';

/** Words that belong to each instance: where they turn up, its rows do. */
export const OPEN = 'alphaville';
export const CLOSED = 'betatown';

export function toolNamed(wanted: ToolName): Tool {
  const tool = TOOLS.find(({ name }) => name === wanted);
  if (tool === undefined) {
    throw new Error(`There is no tool ${wanted}`);
  }
  return tool;
}

export function instanceNamed(id: number, name: string, changes: Partial<Instance> = {}): Instance {
  return { id, name, url: `https://${name}.example.org`, enabled: true, ...changes };
}

export interface TestMirror {
  /** Calls a tool for these instances: 1 is {@link OPEN}, 2 is {@link CLOSED}. */
  readonly call: (
    tool: ToolName,
    input: unknown,
    instances?: readonly Instance[],
    changes?: Partial<ToolHost>,
  ) => Promise<string>;
}

/** A mirror of two instances, whose texts all name their instance, and the tools on it. Call inside `describe`. */
export function useTestMirror(): TestMirror {
  const mirrors = useMirrors();
  const outdir = mkdtempSync(join(tmpdir(), 'openwebui-sync-assistant-'));
  let workerPath: (name: string) => string;
  let queries: QueryRunner | undefined;
  let status: MirrorStatus | undefined;
  before(async () => {
    workerPath = await bundle(outdir, {
      query: 'src/store/queryWorker.ts',
      reader: 'src/store/readerWorker.ts',
    });
  });
  after(() => rmSync(outdir, { recursive: true, force: true }));
  beforeEach(async () => {
    const mirror = await mirrors.open();
    for (const [index, name] of [OPEN, CLOSED].entries()) {
      const id = index + 1;
      const run = begin(mirror, `run of ${name}`, id, { name });
      mirror.applyUsers(run, [
        user('ann', { name: `Ann of ${name}` }),
        user('bob', { name: `Bob of ${name}` }),
      ]);
      for (const owner of ['ann', 'ann', 'bob']) {
        const remoteId = `${name}-${owner}-${mirror.liveChats(run)}`;
        const messages = exchange(remoteId).map((message) => ({ ...message, content: `secret of ${name}` }));
        const record = chat(remoteId, { userRemoteId: owner, title: `Title of ${name}`, messages });
        mirror.applyChat(run, fetched(record));
      }
      mirror.endRun(
        runEnd({
          runId: run,
          status: 'partial',
          errorCode: 'http',
          error: `The chat "Title of ${name}" failed.`,
        }),
      );
    }
    mirror.publish();
    const folder = mirrors.root();
    const reader = createReader({ folder, workerPath: workerPath('reader') });
    queries = createQueryRunner({ folder, workerPath: workerPath('query') });
    status = await loadStatus(folder, reader);
    reader.dispose();
  });
  afterEach(() => queries?.dispose());

  return {
    call: (
      tool,
      input,
      instances = [instanceNamed(1, OPEN, { ai: 'numbers' }), instanceNamed(2, CLOSED)],
      changes = {},
    ) => {
      if (queries === undefined || status === undefined) {
        throw new Error('The mirror is not there yet');
      }
      const host: ToolHost = {
        instances,
        instancesNow: () => Promise.resolve(instances),
        status,
        syncing: [],
        queries,
        generation: () => Promise.resolve(1),
        now: NOON * 1000,
        zone: 'Europe/Berlin',
        ...changes,
      };
      return callTool(toolNamed(tool), input, host, new AbortController().signal).then(({ text }) => text);
    },
  };
}
