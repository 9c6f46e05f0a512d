const MASK = '•••';

/** Shapes of secrets, each with what stays of it. Order matters: the specific ones come first. */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  // Authorization headers in any notation: `Authorization: Bearer x`, `"authorization":"Bearer x"`.
  [/(authorization["']?\s*[:=]\s*["']?)(?:(bearer|basic)\s+)?[^\s"',;}]+/gi, `$1${MASK}`],
  [/\b(bearer|basic)\s+[A-Za-z0-9+/._~=-]{6,}/gi, `$1 ${MASK}`],
  // JSON Web Tokens and API keys, wherever they stand.
  [/\beyJ[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*)?/g, MASK],
  [/\bsk-[A-Za-z0-9_-]{6,}/g, MASK],
  // Named values in JSON, headers and query strings.
  [
    /((?:api[_-]?key|password|passwd|secret|token|cookie)["']?\s*[:=]\s*["']?)(?!•)[^\s"'&,;}]+/gi,
    `$1${MASK}`,
  ],
  // https://user:password@host
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi, `$1${MASK}@`],
];

/** Takes secrets out of text: by their shape, and by their value once told. */
export interface Redactor {
  /** The text without keys, tokens, passwords and Authorization headers. */
  readonly redact: (text: string) => string;
  /** Makes one secret unspeakable in whatever shape it comes. Short values are not taken: they would hide words. */
  readonly protect: (secret: string) => void;
}

/** A redactor that knows no secret by value yet. */
export function createRedactor(): Redactor {
  const secrets = new Set<string>();
  return {
    protect: (secret) => {
      if (secret.length >= 6) {
        secrets.add(secret);
      }
    },
    redact: (text) => {
      let clean = text;
      for (const secret of secrets) {
        clean = clean.replaceAll(secret, MASK);
      }
      return SHAPES.reduce((result, [shape, replacement]) => result.replace(shape, replacement), clean);
    },
  };
}
