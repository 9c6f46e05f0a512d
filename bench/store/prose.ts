import { cumulative, type SeededRandom } from '../../src/sample/random';

/** Letters that words are made of; none of them takes two UTF-16 units, so that any cut is well-formed. */
const ALPHABETS = {
  latin: { letters: 'eeeettaaooiinnsshhrrddlluccmmffpgwybvkxqjz', wordLengths: [2, 9] },
  cyrillic: { letters: 'ооеаинтсрвлкмдпуяыьгзбчйхжшюцщэф', wordLengths: [2, 10] },
  han: {
    letters: '的一是不了人我在有他这中大来上国个到说们为子和你地出道也时年得就那要下以生',
    wordLengths: [1, 3],
  },
} as const;

type Script = keyof typeof ALPHABETS;

const WORDS = 20_000;
/** UTF-16 units of prose that texts are cut from. */
const POOL = 1_000_000;
const NON_LATIN = 0.4;
const MEDIAN_CHARS = 600;
/** Log-normal: makes the mean 940 characters, which in these scripts are 1.5 kB. */
const SPREAD = 0.95;
const LONGEST = 200_000;

/** Words that searches look for: `rareWord` stands in about one text of 2,000. */
export const RARE_WORD = 'zyxwqueryneedle';
export const COMMON_WORD = 'commonplace';

/** Texts as chats have them: words by a Zipf distribution, 40 % of the texts in other scripts than Latin. */
export class Prose {
  readonly #pools: Readonly<Record<Script, string>>;

  constructor(random: SeededRandom) {
    this.#pools = {
      latin: pool(random.fork('latin'), 'latin'),
      cyrillic: pool(random.fork('cyrillic'), 'cyrillic'),
      han: pool(random.fork('han'), 'han'),
    };
  }

  /** A text whose length is log-normal: median 600 characters, mean 1.5 kB. */
  text(random: SeededRandom): string {
    const script = random.chance(NON_LATIN) ? random.pick(['cyrillic', 'han'] as const) : 'latin';
    const length = Math.min(LONGEST, Math.max(1, Math.round(random.logNormal(MEDIAN_CHARS, SPREAD))));
    const text = this.#cut(random, script, length);
    return random.chance(1 / 2_000) ? `${text} ${RARE_WORD}` : text;
  }

  /** A few words. */
  title(random: SeededRandom): string {
    return this.#cut(random, 'latin', random.integer(8, 60)).trim();
  }

  #cut(random: SeededRandom, script: Script, length: number): string {
    const from = this.#pools[script];
    const start = random.integer(0, from.length - 1);
    let text = from.slice(start, start + length);
    while (text.length < length) {
      text += from.slice(0, length - text.length);
    }
    return text;
  }
}

function pool(random: SeededRandom, script: Script): string {
  const words = vocabulary(random, script);
  const weights = cumulative(words.map((_, index) => 1 / (index + 1)));
  const parts: string[] = [];
  for (let length = 0; length < POOL;) {
    const word = random.chance(0.002) ? COMMON_WORD : (words[random.indexIn(weights)] ?? '');
    parts.push(word);
    length += word.length + 1;
  }
  return parts.join(' ');
}

function vocabulary(random: SeededRandom, script: Script): string[] {
  const { letters, wordLengths } = ALPHABETS[script];
  const [shortest, longest] = wordLengths;
  return Array.from({ length: WORDS }, () => {
    const length = random.integer(shortest, longest);
    return Array.from({ length }, () => letters.charAt(random.integer(0, letters.length - 1))).join('');
  });
}
