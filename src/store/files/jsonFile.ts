import { readFile } from 'node:fs/promises';
import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { codeOf } from '../errors';
import { withFileMutex } from '../locks/fileMutex';
import { putFile, type PutPoints } from './durableFiles';

/** A small file that people may read and edit: what it holds, and how trouble with it is said. */
export interface JsonFile<T> {
  readonly path: string;
  readonly schema: v.GenericSchema<unknown, T>;
  /** What a missing file holds. */
  readonly missing: () => T;
  /** @param reason why its content cannot be used, such as `it is not JSON` */
  readonly unusable: (path: string, reason: string) => Error;
  readonly points?: PutPoints | undefined;
}

/** What is said of a file that a person may correct. @param reason as {@link JsonFile.unusable} gets it */
export function unusableText(path: string, reason: string): string {
  return l10n.t('{0} cannot be used: {1}. Correct the file or move it away.', path, reason);
}

/** @throws what `unusable` makes when the file is damaged; it stays as it is */
export async function loadJson<T>(file: JsonFile<T>): Promise<T> {
  let text: string;
  try {
    text = await readFile(file.path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') {
      return file.missing();
    }
    throw error;
  }
  return parse(text, file);
}

/**
 * Reads, changes and replaces the file (0600) while nobody else does; its folder must be there. @returns what `change` says
 * beside the new content
 */
export function editJson<T, R>(
  file: JsonFile<T>,
  change: (content: T) => readonly [content: T, result: R],
): Promise<R> {
  return withFileMutex(`${file.path}.lock`, async () => {
    const [content, result] = change(await loadJson(file));
    await putFile(file.path, `${JSON.stringify(content, null, 2)}\n`, true, file.points);
    return result;
  });
}

function parse<T>(text: string, { path, schema, unusable }: JsonFile<T>): T {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw unusable(path, 'it is not JSON');
  }
  const parsed = v.safeParse(schema, content);
  if (parsed.success) {
    return parsed.output;
  }
  const [issue] = parsed.issues;
  throw unusable(path, `${v.getDotPath(issue) ?? 'file'}: ${issue.message}`);
}
