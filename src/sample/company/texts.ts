import type { SeededRandom } from '../random';
import { BULLETS, FOLLOW_UPS, MONTHS, SENTENCES, TOPICS, type Topic } from './words';

export function topic(random: SeededRandom): Topic {
  return random.pick(TOPICS);
}

export function title(random: SeededRandom, about: Topic): string {
  return filled(random, random.pick(about.titles));
}

/** The first question of a chat. */
export function prompt(random: SeededRandom, about: Topic): string {
  return filled(random, random.pick(about.prompts));
}

export function followUp(random: SeededRandom): string {
  return random.pick(FOLLOW_UPS);
}

/** An answer of a few sentences; a third of them with a list, a few with code. */
export function answer(random: SeededRandom): string {
  const count = Math.min(30, Math.max(2, Math.round(random.logNormal(6, 0.6))));
  const sentences = Array.from({ length: count }, () => random.pick(SENTENCES));
  const half = Math.ceil(sentences.length / 2);
  const paragraphs = [sentences.slice(0, half).join(' '), sentences.slice(half).join(' ')];
  if (random.chance(0.35)) {
    paragraphs.splice(1, 0, bullets(random));
  }
  if (random.chance(0.08)) {
    paragraphs.push(`\`\`\`python\nrows = load("export.csv")\nprint(len(rows))\n\`\`\``);
  }
  return paragraphs.join('\n\n');
}

function bullets(random: SeededRandom): string {
  const start = random.integer(0, BULLETS.length - 3);
  return BULLETS.slice(start, start + 3)
    .map((line) => `- ${line}`)
    .join('\n');
}

function filled(random: SeededRandom, pattern: string): string {
  return pattern
    .replace('{n}', String(random.integer(2, 90)))
    .replace('{q}', `Q${random.integer(1, 4)}`)
    .replace('{m}', random.pick(MONTHS));
}
