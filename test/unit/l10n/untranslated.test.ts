import assert from 'node:assert/strict';
import ts from 'typescript';
import { isTranslation, placeOf, sourcesBelow, walk } from './sourceWords';

/** Calls whose texts people read. */
const SAYING =
  /\.(?:show(?:Information|Warning|Error)Message|setStatusBarMessage)$|^(?:chooseOne|chooseMany|chooseInstances?|withCancel)$/;

/** Properties whose texts people read. */
const SHOWN = new Set([
  'title',
  'label',
  'description',
  'detail',
  'tooltip',
  'placeholder',
  'placeHolder',
  'prompt',
  'openLabel',
  'saveLabel',
  'validationMessage',
]);

/** What is written into files of people's own reports, whose language is theirs to choose. */
const TEMPLATES = /^extension\/ownReports\/newReport\.ts$/;

/** Names that stay as they are. */
const NAMES = new Set(['OpenWebUI Sync']);

/** The words in a literal that are not filled in; more than one word is a text. */
function isText(node: ts.Node): boolean {
  const parts = ts.isStringLiteralLike(node)
    ? [node.text]
    : ts.isTemplateExpression(node)
      ? [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)]
      : [];
  return parts.some((part) => /[A-Za-z]{2,}[:,.]? [A-Za-z]{2,}/.test(part) && !NAMES.has(part));
}

function isShown({ parent }: ts.Node): boolean {
  if (ts.isPropertyAssignment(parent)) {
    return SHOWN.has(parent.name.getText().replace(/['"]/g, ''));
  }
  return ts.isCallExpression(parent) && SAYING.test(parent.expression.getText());
}

/** Whether a module that is being loaded would read a text here, before the language is known. */
function isReadAtLoad(node: ts.Node): boolean {
  for (let above = node.parent; !ts.isSourceFile(above); above = above.parent) {
    if (ts.isFunctionLike(above) || ts.isPropertyDeclaration(above)) {
      return false;
    }
  }
  return true;
}

describe('what the product says', () => {
  it('is read when it is said, not while modules are loaded', () => {
    const early: string[] = [];
    for (const source of sourcesBelow()) {
      walk(source.file, (node) => {
        if (isTranslation(node) && isReadAtLoad(node)) {
          early.push(placeOf(source, node));
        }
        return undefined;
      });
    }
    assert.deepEqual(early, []);
  });

  it('is translated: no text of the extension goes to people as it stands in the source', () => {
    const forgotten: string[] = [];
    for (const source of sourcesBelow('extension').filter(({ path }) => !TEMPLATES.test(path))) {
      walk(source.file, (node) => {
        if (isTranslation(node)) {
          return false;
        }
        if (isText(node) && isShown(node)) {
          forgotten.push(placeOf(source, node));
        }
        return undefined;
      });
    }
    assert.deepEqual(forgotten, []);
  });
});
