import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { notebookJson } from './notebookJson';
import { notebookContent, type CellMetadata, type NotebookMetadata } from './notebookSchema';
import { without } from './without';

/** Raised with every change that an older version would misread; fields that it may ignore need none. */
const VERSION = 1;
const FORMAT = 'openwebui-sql-notebook';

/** A notebook as its file has it. */
export interface NotebookFile {
  readonly metadata: NotebookMetadata;
  readonly cells: readonly NotebookFileCell[];
}

export interface NotebookFileCell {
  readonly kind: 'sql' | 'markdown';
  /** Lines end with `\n`. */
  readonly text: string;
  readonly metadata: CellMetadata;
}

/** A file that cannot be opened as a notebook. The message says why, and what to do; the file was left as it is. */
export class NotebookFileError extends Error {
  override readonly name = 'NotebookFileError';
}

/** Reads a file; an empty one is a notebook without cells. @throws NotebookFileError */
export function parseNotebook(bytes: Uint8Array): NotebookFile {
  if (bytes.length === 0) {
    return { metadata: {}, cells: [] };
  }
  const file = parseJson(bytes);
  assertVersion(file);
  const parsed = v.safeParse(notebookContent, file);
  if (!parsed.success) {
    throw damaged(describeIssue(parsed.issues[0]));
  }
  const { cells, ...rest } = parsed.output;
  return {
    metadata: without(rest, ['format', 'version']),
    cells: cells.map(({ kind, text, ...metadata }) => ({ kind, text: text.join('\n'), metadata })),
  };
}

/** The file's bytes, known fields first, so that equal notebooks are equal files. Outputs are part of it only if the notebook says so. */
export function formatNotebook({ metadata: { saveOutputs, ...others }, cells }: NotebookFile): Uint8Array {
  const file = {
    format: FORMAT,
    version: VERSION,
    ...(saveOutputs === undefined ? {} : { saveOutputs }),
    ...without(others, ['format', 'version', 'cells']),
    cells: cells.map((cell) => formatCell(cell, saveOutputs === true)),
  };
  return new TextEncoder().encode(`${notebookJson(file)}\n`);
}

function formatCell({ kind, text, metadata }: NotebookFileCell, hasOutputs: boolean): object {
  const { charts, outputs = [], ...others } = metadata;
  return {
    kind,
    text: text.split(/\r\n|\n/u),
    ...(charts === undefined ? {} : { charts }),
    ...without(others, ['kind', 'text']),
    ...(hasOutputs && outputs.length > 0 ? { outputs } : {}),
  };
}

function parseJson(bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw damaged(l10n.t('It is not UTF-8 text.'));
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw damaged(describeSyntaxError(text, error));
  }
}

/** @throws NotebookFileError for a file of another kind, and for one that a newer version wrote */
function assertVersion(file: unknown): void {
  const { format, version } =
    typeof file === 'object' && file !== null ? (file as { format?: unknown; version?: unknown }) : {};
  if (format !== FORMAT || typeof version !== 'number' || version < 1) {
    throw damaged(l10n.t('It does not begin with "format": "{0}" and a "version".', FORMAT));
  }
  if (version > VERSION) {
    throw new NotebookFileError(
      l10n.t(
        'This notebook was written by a newer version of OpenWebUI Sync (format {0}; this version reads up to {1}). Update OpenWebUI Sync, then open it again. The file was not changed.',
        version,
        VERSION,
      ),
    );
  }
}

function damaged(why: string): NotebookFileError {
  return new NotebookFileError(
    l10n.t(
      'This SQL notebook is damaged: {0} The file was not changed. Open it with "Reopen Editor With...", "Text Editor" to mend it, or take an earlier version of it.',
      why,
    ),
  );
}

function describeSyntaxError(text: string, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const position = /at position (\d+)/u.exec(message)?.[1];
  const end = position === undefined ? text.length : Number(position);
  const line = text.slice(0, end).split('\n').length;
  return l10n.t('Line {0} is not valid JSON.', line);
}

function describeIssue(issue: v.BaseIssue<unknown>): string {
  const place = v.getDotPath(issue) ?? '';
  return place === '' ? `${issue.message}.` : l10n.t('At {0}: {1}.', place, issue.message);
}
