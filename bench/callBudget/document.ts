import { BUDGET_LINES, computedCalls, type BudgetLine } from './lines';
import type { CallFigures } from './measure';

const HEAD = `# Call budget

How many requests a sync sends to a server, measured on the sample server and held against what is promised.
\`npm run bench:calls -- --write\` measures everything again and writes this file; nearly all of its time goes into the two
full syncs of 180,000 chats. \`npm run bench:calls -- --users=38 --write\` renews one size in seconds; a unit test holds
that size against the promises and against this file.

## How to compute your own
| letter | what it counts |
|---|---|
| U | users |
| C | chats |
| P | pages of all users' chat lists: one for each user, and one more for each 60 of his chats |
| M | users with more than 59 chats: their lists are begun once more when something in them is new |
| F, K, G, R | files, knowledge bases, groups with members, ratings |
| c | chats that changed since the last sync |
| p | pages of the chat lists of users who did something since the last sync, the account that syncs among them; a list of several pages is begun once more |
| A | pages that tell who was active: none from 0.12, ⌈(active users + 1)/30⌉ before |
| L | what is read as a whole: from 0.8 \`4 + min(G, ⌈U/30⌉) + ⌈F/50⌉ + ⌈K/30⌉ + K\`; 8 on 0.6.36 |

The first two or three calls are the version and the lists of users and of the providers' models. The timer looks at what
rarely changes (L) every six hours only, two kinds at a time. R counts from 0.7, and only when ratings are new. A deletion
costs two calls more (the chat, and its owner's list), a chat that is still being written one with each sync.

With the promised 50 ms between two requests, 1,000 calls take at least 50 seconds.
`;

/** The document with new figures; those of other servers stay as they were in `before`. */
export function budgetDocument(all: readonly CallFigures[], before: string): string {
  const sections = new Map(
    before
      .split(/\n(?=## [\d,]+ users)/)
      .slice(1)
      .map((section) => [titleOf(section), section]),
  );
  for (const figures of all) {
    const section = figuresSection(figures);
    sections.set(titleOf(section), section);
  }
  const sorted = [...sections.values()].sort((left, right) => usersOf(left) - usersOf(right));
  return [HEAD, ...sorted].join('\n');
}

function titleOf(section: string): string {
  return section.split('\n')[0] ?? '';
}

function usersOf(section: string): number {
  return Number(/[\d,]+/.exec(section)?.[0].replaceAll(',', ''));
}

/** What was measured on one server. */
export function figuresSection(figures: CallFigures): string {
  const { version, size } = figures;
  const { users, chats, chatPages, longLists, groups, files, knowledgeBases, ratings } = size;
  const counts = [
    ...[
      `U = ${number(users)}`,
      `C = ${number(chats)}`,
      `P = ${number(chatPages)}`,
      `M = ${number(longLists)}`,
    ],
    ...[`F = ${number(files)}`, `K = ${knowledgeBases}`, `G = ${groups}`, `R = ${number(ratings)}`],
  ];
  return `## ${number(users)} users, Open WebUI ${version}
${counts.join(', ')}

| sync | formula | computed | measured | fewer than full | promised |
|---|---|---|---|---|---|
${BUDGET_LINES.map((line) => row(line, figures)).join('\n')}
`;
}

function row(line: BudgetLine, figures: CallFigures): string {
  const { calls } = figures.situations[line.situation];
  const saved = 100 * (1 - calls / figures.situations.full.calls);
  const isFull = line.situation === 'full';
  const limit = line.limit(figures);
  const verdict =
    limit === undefined ? '' : calls <= limit ? `${line.promise}: kept` : `${line.promise}: BROKEN`;
  const cells = [
    ...[line.words, line.formula, number(computedCalls(line, figures)), number(calls)],
    ...[isFull ? '' : `${saved.toFixed(1)} %`, verdict],
  ];
  return `| ${cells.join(' | ')} |`;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
