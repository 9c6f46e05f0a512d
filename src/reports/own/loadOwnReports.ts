import { readdir, readFile } from 'node:fs/promises';
import { isAbsolute, join, normalize } from 'node:path';
import type { ReportDefinition } from '../reportDefinition';
import { ownReport, ownReportId } from './ownReport';
import { OWN_REPORT_SUFFIX, OwnReportError, parseOwnReport, type OwnQueryBlock } from './ownReportFile';

/** What a file of the reports folder came to. */
export type LoadedReport =
  | { readonly file: string; readonly definition: ReportDefinition }
  /** The sentence says what is wrong with the file. */
  | { readonly file: string; readonly failure: string };

/** Every `*.report.json` of a folder, in the order of their names; none where there is no such folder. */
export async function loadOwnReports(folder: string): Promise<readonly LoadedReport[]> {
  const names = (await namesIn(folder)).filter((name) => name.endsWith(OWN_REPORT_SUFFIX)).sort();
  const loaded: LoadedReport[] = [];
  for (const name of names) {
    loaded.push(await loadReport(folder, name));
  }
  return loaded;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return [];
    }
    throw error;
  }
}

async function loadReport(folder: string, name: string): Promise<LoadedReport> {
  const file = join(folder, name);
  try {
    const parsed = parseOwnReport(await readFile(file, 'utf8'));
    const texts = new Map<OwnQueryBlock, string>();
    for (const block of parsed.blocks) {
      if ('sql' in block) {
        texts.set(block, await sqlText(folder, block));
      }
    }
    const id = ownReportId(name.slice(0, -OWN_REPORT_SUFFIX.length));
    return { file, definition: ownReport(id, parsed, (block) => texts.get(block) ?? '') };
  } catch (error) {
    return { file, failure: error instanceof Error ? error.message : String(error) };
  }
}

/** The builder puts statements into others: a semicolon at the end would not fit there. */
async function sqlText(folder: string, { sql }: OwnQueryBlock): Promise<string> {
  const text =
    typeof sql === 'string' ? sql : Array.isArray(sql) ? sql.join('\n') : await sqlFile(folder, sql.file);
  return text.trim().replace(/;+$/u, '');
}

/** @throws OwnReportError for a path that leads out of the folder, or to no file */
async function sqlFile(folder: string, path: string): Promise<string> {
  const inside = normalize(path);
  if (isAbsolute(inside) || inside.startsWith('..')) {
    throw new OwnReportError(`"${path}" is not in the folder of the report. Name a file beside it.`);
  }
  try {
    return await readFile(join(folder, inside), 'utf8');
  } catch (error) {
    throw new OwnReportError(`Cannot read "${path}". Put the file beside the report.`, { cause: error });
  }
}
