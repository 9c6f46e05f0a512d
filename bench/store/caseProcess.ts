// One measurement in a process of its own: the case's name and its input as JSON come as arguments, what was measured goes
// to standard output.
import { buildComplete } from './completeFile';
import type { Case, CaseInput } from './measured';
import { memory, open, openNativeFile, questions, questionsNative, saveCopy, search } from './readingCases';
import { build, bulk, bulkNative, publish, record, wholeWriter } from './writingCases';

const CASES = {
  ...{ build, buildComplete, record },
  ...{ bulk, bulkNative, wholeWriter, publish },
  ...{ open, openNative: openNativeFile, questions, questionsNative, search, saveCopy, memory },
} as const satisfies Readonly<Record<string, Case>>;

export type CaseName = keyof typeof CASES;

async function main(): Promise<void> {
  const [, , name = '', input = '{}'] = process.argv;
  const measured = await (CASES as Readonly<Record<string, Case>>)[name]?.(JSON.parse(input) as CaseInput);
  const maxRssMb = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(`${JSON.stringify({ ...measured, maxRssMb })}\n`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
