import * as v from 'valibot';
import type { MirrorStatus } from '../store/runs';
import type { ReportReader } from '../store/resultSet';
import type { AvailableInstance } from './available';
import { ToolError } from './available';
import type { Confirmation } from './confirmation';

/** Names of the tools, as the manifest has them. Public: add, never rename. */
export const TOOL_NAMES = [
  'openwebui_list_instances',
  'openwebui_get_schema',
  'openwebui_run_query',
  'openwebui_get_report',
  'openwebui_get_sync_status',
] as const;
export type ToolName = (typeof TOOL_NAMES)[number];

/** What a call may know: the mirror as far as it is available. */
export interface ToolCall {
  /** At least one, unless nobody made any available. */
  readonly available: readonly AvailableInstance[];
  /** Reads these instances and no others, until the call is cancelled or its time is over. */
  readonly reader: (instances: readonly AvailableInstance[]) => ReportReader;
  /** The rows of a statement on what is available, as many as fit. */
  readonly run: (sql: string, rows: number) => ReturnType<ReportReader['query']>;
  /** Of these instances only. */
  readonly status: MirrorStatus['instances'];
  /** Instances that are being synced. */
  readonly syncing: readonly number[];
  /** Milliseconds since 1970. */
  readonly now: number;
  /** IANA name of the mirror's zone. */
  readonly zone: string;
  readonly signal: AbortSignal;
}

/** What a tool tells. */
export interface ToolAnswer {
  /** Markdown for the model. */
  readonly text: string;
  /** The same for programs, as `output` of the tool says. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** What a tool does, apart from the program that a person talks to. */
export interface ToolDefinition<I> {
  readonly name: ToolName;
  readonly input: v.GenericSchema<unknown, I>;
  /** Shape of the answer's data; absent: it has a text alone. */
  readonly output?: v.GenericSchema;
  /** What is said while it runs. */
  readonly progress: () => string;
  /** Asked before it runs; absent: it tells nothing that needs a question. @throws ToolError */
  readonly question?: (input: I, available: readonly AvailableInstance[]) => Confirmation;
  /** The answer for the model. @throws ToolError with the next step */
  readonly run: (input: I, call: ToolCall) => Promise<ToolAnswer>;
}

/** A tool whose input was not looked at yet. */
export interface Tool {
  readonly name: ToolName;
  readonly output: v.GenericSchema | undefined;
  /** Whether a person is to see what it will do, before it does it. */
  readonly isAsked: boolean;
  readonly progress: () => string;
  /** undefined where nothing needs a question, and where the call will fail: that is told by {@link Tool.run}. */
  readonly question: (input: unknown, available: readonly AvailableInstance[]) => Confirmation | undefined;
  readonly run: (input: unknown, call: ToolCall) => Promise<ToolAnswer>;
}

/** Looks at the input before the tool sees it. */
export function toolOf<I>(definition: ToolDefinition<I>): Tool {
  const { name, input: schema, output, progress, question, run } = definition;
  return {
    name,
    output,
    isAsked: question !== undefined,
    progress,
    question: (input, available) => {
      const parsed = v.safeParse(schema, input);
      if (question === undefined || !parsed.success || available.length === 0) {
        return undefined;
      }
      try {
        return question(parsed.output, available);
      } catch (error) {
        if (error instanceof ToolError) {
          return undefined;
        }
        throw error;
      }
    },
    run: async (input, call) => {
      const parsed = v.safeParse(schema, input);
      if (!parsed.success) {
        const [issue] = parsed.issues;
        throw new ToolError(
          `The input of ${name} is wrong at ${v.getDotPath(issue) ?? 'its top'}: ${issue.message}.`,
        );
      }
      return run(parsed.output, call);
    },
  };
}
