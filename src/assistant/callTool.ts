import { NoDatabaseError } from '../store/errors';
import type { Instance } from '../store/instances/instance';
import { SqlError, type QueryRunner } from '../store/resultSet';
import type { MirrorStatus } from '../store/runs';
import { availableOf, chosenOf, covers, ToolError, visibleOf } from './available';
import { limitedReader } from './limitedReader';
import type { Tool, ToolAnswer, ToolCall } from './toolTypes';
import { MAX_BYTES } from './tools/runQuery';

/** Nobody waits longer for an answer, in ms. */
const MAX_MS = 30_000;

/** What calls need of the program that a person talks to. */
export interface ToolHost {
  readonly instances: readonly Instance[];
  /** The same, read anew: what was agreed to may be taken back while a call is under way. */
  readonly instancesNow: () => Promise<readonly Instance[]>;
  readonly status: MirrorStatus;
  /** Ids of instances that are being synced. */
  readonly syncing: readonly number[];
  readonly queries: Pick<QueryRunner, 'run'>;
  readonly generation: () => Promise<number>;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly zone: string;
}

/**
 * The answer of a tool, made of the instances that are available from the beginning to the end of the call. Everything that
 * it reads is a copy that holds nothing else. @throws ToolError for the model, or AbortError when `signal` fires
 */
export async function callTool(
  tool: Tool,
  input: unknown,
  host: ToolHost,
  signal: AbortSignal,
  maxMs = MAX_MS,
): Promise<ToolAnswer> {
  try {
    return await answerOf(tool, input, host, signal, maxMs);
  } finally {
    // Errors do not leave without this either: those of statements quote values.
    if (!covers(availableOf(await host.instancesNow()), availableOf(host.instances))) {
      throw new ToolError(
        'What is available to AI was changed while this was worked out: the answer is withheld. Call the tool again.',
      );
    }
  }
}

async function answerOf(
  tool: Tool,
  input: unknown,
  host: ToolHost,
  signal: AbortSignal,
  maxMs: number,
): Promise<ToolAnswer> {
  const time = AbortSignal.timeout(maxMs);
  try {
    return await tool.run(input, callOf(host, AbortSignal.any([signal, time])));
  } catch (error) {
    if (time.aborted && !signal.aborted) {
      throw new ToolError(
        `It took longer than ${Math.round(maxMs / 1000)} s and was stopped. Ask for fewer days, or aggregate before joining.`,
        { cause: error },
      );
    }
    throw explained(error);
  }
}

function callOf(
  { instances, status, syncing, queries, generation, now, zone }: ToolHost,
  signal: AbortSignal,
): ToolCall {
  const available = availableOf(instances);
  const isAvailable = (id: number): boolean => available.some((instance) => instance.id === id);
  return {
    available,
    reader: (chosen) => limitedReader(queries, generation, visibleOf(chosen), signal),
    run: (sql, rows) =>
      queries.run(sql, {
        limit: rows,
        mostSize: MAX_BYTES,
        visible: visibleOf(chosenOf(available)),
        signal,
      }),
    status: status.instances.filter(({ instanceId }) => isAvailable(instanceId)),
    syncing: syncing.filter(isAvailable),
    now,
    zone,
    signal,
  };
}

/** What the model can do about it. */
function explained(error: unknown): unknown {
  if (error instanceof SqlError) {
    return new ToolError(
      `SQLite refuses the statement: ${error.message.replace(/\.$/u, '')}. Call openwebui_get_schema for tables and columns, correct it and try again.`,
      { cause: error },
    );
  }
  if (error instanceof NoDatabaseError) {
    return new ToolError(
      'Nothing was synced yet. Ask the user to run the command "OpenWebUI Sync: Sync", or "openwebui-sync sync" in a terminal.',
      {
        cause: error,
      },
    );
  }
  return error;
}
