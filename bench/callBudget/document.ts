import { BUDGET_LINES, computedCalls, type BudgetLine } from './lines';
import type { CallFigures } from './measure';

const HEAD = `# Call budget

How many requests a sync sends to a server, measured on the sample server and held against what is promised.
\`npm run bench:calls -- --write\` measures it again and writes this file. It takes about half an hour, nearly all of it for
the two full syncs of 180,000 chats; \`--users=38\` measures one size only and writes nothing.

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

/** The whole document. */
export function budgetDocument(all: readonly CallFigures[]): string {
  return [HEAD, ...all.map(figuresSection)].join('\n');
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
