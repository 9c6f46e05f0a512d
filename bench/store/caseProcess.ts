// One measurement in a process of its own: the case's name comes as argument, its input as JSON on standard input, what was
// measured goes to standard output.
import { readFileSync } from 'node:fs';
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
  const run = (CASES as Readonly<Record<string, Case>>)[process.argv[2] ?? ''];
  const measured = await run?.(JSON.parse(readFileSync(0, 'utf8')) as CaseInput);
  const maxRssMb = process.resourceUsage().maxRSS / 1024;
  process.stdout.write(`${JSON.stringify({ ...measured, maxRssMb })}\n`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
