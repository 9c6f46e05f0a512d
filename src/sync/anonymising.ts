/** A word that must not be told, and what stands for it, such as `<host 1>`. */
export type KnownWord = readonly [word: string, placeholder: string];

/**
 * Takes out of text what says whose it is: words that are known, then by their shape addresses, e-mails, hosts, paths, ids and
 * whatever stands in quotation marks. Secrets are the redactor's; run it before. Rather too much goes than too little.
 */
export function createAnonymiser(known: readonly KnownWord[]): (text: string) => string {
  const words = known
    .filter(([word]) => word.trim() !== '')
    .sort(([a], [b]) => b.length - a.length)
    .map(([word, placeholder]) => [wholeWord(word), placeholder] as const);
  return (text) =>
    [...words, ...SHAPES].reduce((result, [shape, placeholder]) => result.replace(shape, placeholder), text);
}

/** Case does not matter: hosts and the paths of some systems have none. */
function wholeWord(word: string): RegExp {
  const literal = word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, 'giu');
}

/** Top-level names that hosts end with and files and words of programs do not. */
const DOMAINS =
  'com|org|net|edu|gov|mil|int|info|biz|name|pro|app|dev|cloud|tech|online|site|shop|agency|company|group|systems|solutions|' +
  'software|network|university|school|health|bank|law|test|example|invalid|localhost|local|localdomain|lan|home|intern|' +
  'internal|intranet|corp|private|arpa|(?!js|ts|db|md|on|is|py|sh)[a-z]{2}';

/** Order matters: what holds others comes first. */
const SHAPES: readonly KnownShape[] = [
  // What programs quote may be anything: a title, a question, a name.
  [/“[^”\n]*”/g, '“…”'],
  [/"[^"\n]*"/g, '"…"'],
  [/`[^`\n]*`/g, '`…`'],
  [/'(?:~?[/\\]|[a-z]:[\\/])[^'\n]*'/gi, '<path>'],
  [/\b[a-z][a-z0-9+.-]*:\/\/[^\s'"<>)\]]+/gi, '<address>'],
  [/[^\s@'"<>(),;:]+@[^\s@'"<>(),;:]+/g, '<e-mail>'],
  // Paths of the server's API say what was asked for; what follows them may say who.
  [/(\/(?:api|ollama|openai)\/[\w./-]*)\?[^\s'")]*/g, '$1?…'],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '<id>'],
  [/(?<![\w>.…/])(?!\/(?:api|ollama|openai)\/)(?:[A-Za-z]:[\\/]|\\\\|~?\/)[^\s:'"()|*?,;]+/g, '<path>'],
  [/(?<=\b(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH)\s)[^\s,;()]+/g, '<host>'],
  [/(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?(?![\d.])/g, '<host>'],
  [
    /(?<![\w:])(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4})*)?::(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4})*)?(?![\w:])/gi,
    '<host>',
  ],
  [/(?<![\w:])(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}(?![\w:])/gi, '<host>'],
  [new RegExp(`(?<![\\w.<-])(?:[a-z0-9-]+\\.)+(?:${DOMAINS})(?::\\d+)?(?![\\w-]|\\.\\w)`, 'gi'), '<host>'],
];

type KnownShape = readonly [shape: RegExp, placeholder: string];
