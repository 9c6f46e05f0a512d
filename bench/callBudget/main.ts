// npm run bench:calls [-- --users=38,1500 --write]: counts the calls of syncs; --write renews their part of the document.
// The product imports its SQL as text; this must come before it.
import '../../test/register.cjs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { budgetDocument, figuresSection } from './document';
import { MEASURED_VERSIONS, measureCalls, type CallFigures } from './measure';
import { worldOf } from './worlds';

const FILE = join(__dirname, '..', '..', 'docs', 'call-budget.md');
const SIZES = [38, 1_500, 15_000];

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { users: { type: 'string' }, write: { type: 'boolean' } } });
  const sizes = values.users?.split(',').map(Number) ?? SIZES;
  const all: CallFigures[] = [];
  for (const users of sizes) {
    for (const version of MEASURED_VERSIONS) {
      const figures = await measureCalls(worldOf(users), version);
      all.push(figures);
      console.log(figuresSection(figures));
    }
  }
  if (values.write === true) {
    await writeFile(FILE, budgetDocument(all, await readFile(FILE, 'utf8').catch(() => '')));
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
