import { findFunction, type SqlFunction } from '../functions';
import { statementAround } from '../query/statementAround';
import { isName, nameOf, wordsOf } from '../query/words';

/** The call around an offset and which of its arguments is typed there, from 0. */
export interface SignatureText {
  readonly called: SqlFunction;
  readonly argument: number;
}

/** The innermost call of a known function around an offset of a script. */
export function signatureAt(script: string, offset: number): SignatureText | undefined {
  const { text, start } = statementAround(script, offset);
  const words = wordsOf(text.slice(0, offset - start));
  let depth = 0;
  let argument = 0;
  for (let index = words.length - 1; index >= 0; index -= 1) {
    const { text: word } = words[index] ?? { text: '' };
    if (word === ')') {
      depth += 1;
    } else if (word === ',' && depth === 0) {
      argument += 1;
    } else if (word === '(' && depth > 0) {
      depth -= 1;
    } else if (word === '(') {
      const name = words[index - 1];
      const called = isName(name) ? findFunction(nameOf(name)) : undefined;
      if (called !== undefined) {
        const last = called.parameters.length - 1;
        return {
          called,
          argument: called.parameters[last]?.endsWith('...') ? Math.min(argument, last) : argument,
        };
      }
      argument = 0;
    }
  }
  return undefined;
}
