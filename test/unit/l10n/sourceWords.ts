import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import ts from 'typescript';

const src = join(__dirname, '..', '..', '..', 'src');

/** A source file with its path below `src`. */
export interface Source {
  readonly path: string;
  readonly file: ts.SourceFile;
}

/** The sources below a folder of `src`. */
export function sourcesBelow(folder = ''): readonly Source[] {
  return readdirSync(join(src, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.m?ts$/.test(name))
    .map((name) => {
      const path = join(folder, name);
      const text = readFileSync(join(src, path), 'utf8');
      return {
        path: path.split(sep).join('/'),
        file: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true),
      };
    });
}

/** Calls back for each node, parents before children; `false` leaves out what is below. */
export function walk(node: ts.Node, visit: (node: ts.Node) => boolean | undefined): void {
  if (visit(node) !== false) {
    ts.forEachChild(node, (child) => walk(child, visit));
  }
}

export function isTranslation(node: ts.Node): node is ts.CallExpression {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) {
    return false;
  }
  const { name, expression } = node.expression;
  return name.text === 't' && expression.getText() === 'l10n';
}

/**
 * The key of a text in bundles, as the collecting tool makes it; undefined when the text is not written out where it is
 * translated, so that no tool can collect it.
 */
export function keyOf(call: ts.CallExpression): string | undefined {
  const [first] = call.arguments;
  if (first === undefined || ts.isStringLiteralLike(first)) {
    return first?.text;
  }
  if (!ts.isObjectLiteralExpression(first)) {
    return undefined;
  }
  const message = valueOf(first, 'message');
  const comment = valueOf(first, 'comment');
  if (message === undefined || !ts.isStringLiteralLike(message)) {
    return undefined;
  }
  const comments =
    comment !== undefined && ts.isArrayLiteralExpression(comment)
      ? comment.elements.filter(ts.isStringLiteralLike).map(({ text }) => text)
      : [];
  return comments.length === 0 ? message.text : `${message.text}/${comments.join('')}`;
}

function valueOf(object: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  const property = object.properties.find((candidate) => candidate.name?.getText() === name);
  return property !== undefined && ts.isPropertyAssignment(property) ? property.initializer : undefined;
}

/** Where a node stands, for people who have to find it. */
export function placeOf({ path, file }: Source, node: ts.Node): string {
  return `${path}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${node.getText().slice(0, 80)}`;
}
