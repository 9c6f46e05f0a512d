import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Figure } from './figures';

/** Where the tests inside a real VS Code leave what activating the extension took. */
const FILE = join(__dirname, '..', 'out', 'activation.json');
const GOAL_MS = 100;

const schema = v.object({ medianMs: v.number(), runs: v.number(), host: v.string() });

/** The activation's figure, or undefined when those tests have not run since the last build. */
export async function activationFigure(): Promise<Figure | undefined> {
  const text = await readFile(FILE, 'utf8').catch(() => undefined);
  if (text === undefined) {
    return undefined;
  }
  const { medianMs, runs, host } = v.parse(schema, JSON.parse(text));
  return {
    name: 'activation of the extension (median)',
    value: medianMs,
    unit: 'ms',
    goal: { text: `< ${GOAL_MS} ms`, isMet: medianMs < GOAL_MS },
    data: `${runs} starts in ${host}`,
  };
}
