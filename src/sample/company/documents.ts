import type { SampleFile, SampleKnowledge } from '../model';
import type { SeededRandom } from '../random';
import type { SampleWorld } from '../world';

const DAY = 86_400;
const LOREM = 'Rules, numbers and examples for colleagues. ';

/** How often each knowledge base is asked; the last one never. */
const BASES = {
  'Travel policy': 6,
  'Product handbook': 4,
  'IT security': 2,
  'Reporting guide': 0,
} as const;
/** Days between a base and the next one; those that are asked are older than all chats. */
const DAYS_APART = 90;

/** What people attach to a question: the name of the file and its type. */
const UPLOADS = [
  { name: 'supplier-contract.pdf', contentType: 'application/pdf' },
  { name: 'audit-findings.pdf', contentType: 'application/pdf' },
  {
    name: 'cost-centres.xlsx',
    contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  },
  {
    name: 'meeting-notes.docx',
    contentType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  },
  { name: 'orders-export.csv', contentType: 'text/csv' },
] as const;

/**
 * Writes the knowledge bases of a company with their files, and a file that belongs to none.
 * @param newest when the last of them is written, seconds since 1970, UTC
 * @param stretch how many times longer than four months the chats go back
 */
export function addDocuments(world: SampleWorld, newest: number, stretch = 1): void {
  const names = Object.keys(BASES);
  names.forEach((name, index) => {
    world.runAt(newest - Math.round((names.length - 1 - index) * DAYS_APART * stretch * DAY), () => {
      addBase(world, name, index + 1);
    });
  });
  world.runAt(newest, () =>
    world.library.addFile({ filename: 'meeting-notes.txt', text: 'Decisions of the week.' }),
  );
}

function addBase(world: SampleWorld, name: string, fileCount: number): void {
  const files = Array.from({ length: fileCount }, (_, number) =>
    world.library.addFile({
      filename: `${name.toLowerCase().replaceAll(' ', '-')}-${number + 1}.${number % 2 === 0 ? 'md' : 'pdf'}`,
      contentType: number % 2 === 0 ? 'text/markdown' : 'application/pdf',
      text: `${name} ${number + 1}. ${LOREM.repeat(200 + 150 * number)}`,
    }),
  );
  world.library.addKnowledge({
    name,
    description: `${name} for everybody`,
    fileIds: files.map((file) => file.id),
  });
}

/** A knowledge base that somebody asks. */
export function pickBase(world: SampleWorld, random: SeededRandom): SampleKnowledge | undefined {
  const name = random.weighted(BASES);
  return world.library.knowledge().find((base) => base.name === name);
}

/** What a search in a base finds: one or two of its files, of several never the last one. */
export function filesFound(world: SampleWorld, random: SeededRandom, base: SampleKnowledge): SampleFile[] {
  const files = world.library.filesOf(base);
  const known = files.length > 1 ? files.slice(0, -1) : files;
  const start = random.integer(0, Math.max(0, known.length - 1));
  return known.slice(start, start + 2);
}

/** A file of somebody's own, uploaded now. */
export function upload(world: SampleWorld, random: SeededRandom, userId: string): SampleFile {
  const { name, contentType } = random.pick(UPLOADS);
  return world.library.addFile({
    userId,
    filename: name,
    contentType,
    text: `${name}. ${LOREM.repeat(random.integer(30, 300))}`,
  });
}
