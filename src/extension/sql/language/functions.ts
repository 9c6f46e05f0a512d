import * as l10n from '@vscode/l10n';

/** A function of SQLite as the product's build of it has it. */
export interface SqlFunction {
  readonly name: string;
  /** `substr(text, start, length?)` */
  readonly signature: string;
  /** Names of its arguments; the last one repeats where it ends with `...`. */
  readonly parameters: readonly string[];
  /** What it returns, in one sentence. */
  readonly says: string;
}

let known: readonly SqlFunction[] | undefined;

/** The functions that help with usage questions; made at the first call, when the editor's language is known. */
export function sqlFunctions(): readonly SqlFunction[] {
  known ??= descriptions().map(([signature, says]) => {
    const [name = '', list = ''] = signature.slice(0, -1).split('(');
    return { name, signature, parameters: list === '' ? [] : list.split(', '), says };
  });
  return known;
}

/** A function by its name in any case. */
export function findFunction(name: string): SqlFunction | undefined {
  const wanted = name.toLowerCase();
  return sqlFunctions().find((candidate) => candidate.name === wanted);
}

type Description = readonly [signature: string, says: string];

function descriptions(): readonly Description[] {
  return [...aggregates(), ...windows(), ...times(), ...texts(), ...numbers(), ...choices(), ...json()];
}

function aggregates(): readonly Description[] {
  return [
    ['count(x)', l10n.t('How many rows have a value of x; count(*): how many rows.')],
    ['sum(x)', l10n.t('The sum of all values that are not NULL; NULL without any.')],
    ['total(x)', l10n.t('The sum as a real number; 0.0 without any value.')],
    ['avg(x)', l10n.t('The mean of all values that are not NULL.')],
    ['min(x)', l10n.t('The smallest value; of several arguments, the smallest of them.')],
    ['max(x)', l10n.t('The largest value; of several arguments, the largest of them.')],
    [
      'group_concat(x, separator?)',
      l10n.t('All values as one text, with commas or the separator between them.'),
    ],
    ['string_agg(x, separator)', l10n.t('All values as one text, with the separator between them.')],
    ['median(x)', l10n.t('The middle value.')],
    ['lower_quartile(x)', l10n.t('The value that a quarter of the values does not exceed.')],
    ['upper_quartile(x)', l10n.t('The value that three quarters of the values do not exceed.')],
    ['mode(x)', l10n.t('The most frequent value.')],
    ['stdev(x)', l10n.t('The standard deviation of a sample.')],
    ['variance(x)', l10n.t('The variance of a sample.')],
  ];
}

function windows(): readonly Description[] {
  return [
    ['row_number()', l10n.t('Number of the row in its partition, from 1. Needs OVER (…).')],
    ['rank()', l10n.t('Rank with gaps behind equal rows. Needs OVER (… ORDER BY …).')],
    ['dense_rank()', l10n.t('Rank without gaps. Needs OVER (… ORDER BY …).')],
    ['percent_rank()', l10n.t('Rank from 0.0 to 1.0. Needs OVER (… ORDER BY …).')],
    ['cume_dist()', l10n.t('Share of rows up to this one. Needs OVER (… ORDER BY …).')],
    ['ntile(n)', l10n.t('Which of n parts of equal size the row is in, from 1. Needs OVER (… ORDER BY …).')],
    [
      'lag(x, rows?, default?)',
      l10n.t('x of the row before, or of so many rows before. Needs OVER (… ORDER BY …).'),
    ],
    [
      'lead(x, rows?, default?)',
      l10n.t('x of the next row, or of so many rows later. Needs OVER (… ORDER BY …).'),
    ],
    ['first_value(x)', l10n.t('x of the first row of the window. Needs OVER (…).')],
    ['last_value(x)', l10n.t('x of the last row of the window. Needs OVER (…).')],
    ['nth_value(x, n)', l10n.t('x of the n-th row of the window. Needs OVER (…).')],
  ];
}

function times(): readonly Description[] {
  return [
    [
      'date(time?, modifiers...)',
      l10n.t('YYYY-MM-DD; modifiers such as `-7 days`, `start of month`, `unixepoch`, `localtime`.'),
    ],
    ['time(time?, modifiers...)', l10n.t('HH:MM:SS, with the modifiers of date().')],
    ['datetime(time?, modifiers...)', l10n.t('YYYY-MM-DD HH:MM:SS, with the modifiers of date().')],
    [
      'julianday(time?, modifiers...)',
      l10n.t('Days since noon of 24 November 4714 BC as a real number, for differences.'),
    ],
    ['unixepoch(time?, modifiers...)', l10n.t('Seconds since 1970, UTC.')],
    [
      'strftime(format, time?, modifiers...)',
      l10n.t('A time in a format: `%Y-%m` month, `%W` week, `%w` weekday (0 = Sunday), `%H` hour.'),
    ],
    ['timediff(a, b)', l10n.t('The time from b to a as `+YYYY-MM-DD HH:MM:SS.SSS`.')],
  ];
}

function texts(): readonly Description[] {
  return [
    ['length(x)', l10n.t('Number of characters of a text, of bytes of a BLOB.')],
    ['lower(text)', l10n.t('The text with small letters, A to Z only.')],
    ['upper(text)', l10n.t('The text with capital letters, A to Z only.')],
    [
      'substr(text, start, length?)',
      l10n.t('A part of a text; the first character is 1, from the end it is -1.'),
    ],
    ['instr(text, part)', l10n.t('Where the part first stands in the text, from 1; 0: nowhere.')],
    ['replace(text, old, new)', l10n.t('The text with every old replaced by new.')],
    ['trim(text, characters?)', l10n.t('The text without spaces, or these characters, at both ends.')],
    ['ltrim(text, characters?)', l10n.t('The text without spaces, or these characters, at its start.')],
    ['rtrim(text, characters?)', l10n.t('The text without spaces, or these characters, at its end.')],
    ['format(format, values...)', l10n.t('Values in a format as of printf: `%d`, `%.2f`, `%,d`, `%s`.')],
    ['printf(format, values...)', l10n.t('The same as format().')],
    ['concat(values...)', l10n.t('All values as one text; NULL counts as empty.')],
    [
      'concat_ws(separator, values...)',
      l10n.t('All values but NULL as one text, with the separator between them.'),
    ],
    ['char(codes...)', l10n.t('The characters with these Unicode numbers.')],
    ['unicode(text)', l10n.t('Unicode number of the first character.')],
    ['hex(x)', l10n.t('The bytes in hexadecimal.')],
    ['unhex(text, ignored?)', l10n.t('The bytes that hexadecimal text says; NULL when it says none.')],
    ['quote(x)', l10n.t('The value as it stands in a statement.')],
    ['octet_length(x)', l10n.t('Number of bytes of a text.')],
    [
      'glob(pattern, text)',
      l10n.t('Whether a text matches a pattern with `*`, `?` and `[a-z]`; as text GLOB pattern.'),
    ],
    [
      'like(pattern, text, escape?)',
      l10n.t('Whether a text matches a pattern with `%` and `_`; as text LIKE pattern.'),
    ],
  ];
}

function numbers(): readonly Description[] {
  return [
    ['abs(x)', l10n.t('The number without its sign.')],
    [
      'round(x, digits?)',
      l10n.t('The number rounded to a whole one, or to so many digits behind the point.'),
    ],
    ['ceil(x)', l10n.t('The next whole number up.')],
    ['floor(x)', l10n.t('The next whole number down.')],
    ['trunc(x)', l10n.t('The whole part of a number.')],
    ['mod(x, y)', l10n.t('What is left of x divided by y.')],
    ['sign(x)', l10n.t('-1, 0 or 1.')],
    ['sqrt(x)', l10n.t('The square root.')],
    ['pow(x, y)', l10n.t('x to the power of y.')],
    ['exp(x)', l10n.t('e to the power of x.')],
    ['ln(x)', l10n.t('The natural logarithm.')],
    ['log10(x)', l10n.t('The logarithm to base 10.')],
    ['log2(x)', l10n.t('The logarithm to base 2.')],
    ['pi()', l10n.t('3.14159…')],
    ['random()', l10n.t('A random whole number of 64 bits.')],
  ];
}

function choices(): readonly Description[] {
  return [
    ['coalesce(values...)', l10n.t('The first value that is not NULL.')],
    ['ifnull(x, instead)', l10n.t('x, or the other value where x is NULL.')],
    ['nullif(x, y)', l10n.t('x, or NULL where x equals y.')],
    ['iif(condition, then, else?)', l10n.t('One value where the condition holds, else the other.')],
    ['typeof(x)', l10n.t('`null`, `integer`, `real`, `text` or `blob`.')],
  ];
}

function json(): readonly Description[] {
  return [
    ['json(text)', l10n.t('The JSON without needless white space; an error where it is none.')],
    ['json_valid(text)', l10n.t('1 where the text is JSON.')],
    ['json_extract(json, paths...)', l10n.t('What stands at a path such as `$.a[0]`; as json ->> path.')],
    ['json_array_length(json, path?)', l10n.t('Number of entries of an array.')],
    [
      'json_type(json, path?)',
      l10n.t('`object`, `array`, `text`, `integer`, `real`, `true`, `false` or `null`.'),
    ],
    ['json_each(json, path?)', l10n.t('A table of the entries: key, value, type. Stands behind FROM.')],
    [
      'json_tree(json, path?)',
      l10n.t('A table of everything inside of it, on all levels. Stands behind FROM.'),
    ],
    ['json_array(values...)', l10n.t('An array of these values.')],
    ['json_object(labels and values...)', l10n.t('An object of these labels and values.')],
    ['json_group_array(x)', l10n.t('An array of all values.')],
    ['json_group_object(label, value)', l10n.t('An object of all labels and values.')],
  ];
}
