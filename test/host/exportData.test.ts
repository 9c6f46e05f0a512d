import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Core } from '../../src/extension/core';
import { saveBlock } from '../../src/extension/exports/saveBlock';
import { buildReport } from '../../src/reports/buildReport';
import { DEFAULT_REPORT } from '../../src/reports/catalogue';
import { openingSettings } from '../../src/reports/reportDefinition';
import { readExports, type ExportEntry } from '../../src/store/exportLedger/exportLedger';
import { Answers } from './answers';
import { mirrorSmallServer, type MirroredServer } from './support';

describe('Export Data', () => {
  let core: Core;
  let mirrored: MirroredServer;
  let answers: Answers;
  let output: string;

  before(async () => {
    mirrored = await mirrorSmallServer('tables');
    ({ core } = mirrored);
  });
  after(() => mirrored.end());
  beforeEach(async () => {
    output = await mkdtemp(join(tmpdir(), 'openwebui-sync-exported-'));
    answers = new Answers();
  });
  afterEach(async () => {
    answers.restore();
    await rm(output, { recursive: true, force: true });
  });

  /** Stands in for a dialog of the window while something is done. */
  async function answering<T>(
    name: 'showOpenDialog' | 'showSaveDialog',
    answer: (options: vscode.SaveDialogOptions) => unknown,
    work: () => PromiseLike<T>,
  ): Promise<T> {
    const window = vscode.window as unknown as Record<string, unknown>;
    const original = window[name];
    window[name] = (options: vscode.SaveDialogOptions) => Promise.resolve(answer(options));
    try {
      return await work();
    } finally {
      window[name] = original;
    }
  }
  const exportData = (
    format: string,
    folder: string | undefined,
    people = 'With names',
  ): Promise<unknown> => {
    answers.give(format, people);
    const chosen = folder === undefined ? undefined : [vscode.Uri.file(folder)];
    return answering(
      'showOpenDialog',
      () => chosen,
      () => vscode.commands.executeCommand('openwebuiSync.exportData'),
    );
  };
  const noted = async (path: string): Promise<ExportEntry | undefined> =>
    (await readExports(core.folder.root)).find((entry) => entry.path === path);

  it('writes tables into the folder that was chosen, and notes it', async () => {
    await exportData('Parquet', output);
    const manifest = JSON.parse(await readFile(join(output, 'openwebui-sync-export.json'), 'utf8')) as {
      isComplete: boolean;
      files: { table: string; rows: number }[];
    };
    const messages = manifest.files.filter(({ table }) => table === 'messages');
    assert.equal(manifest.isComplete, true);
    assert.ok(messages.reduce((sum, { rows }) => sum + rows, 0) > 0);
    assert.ok(answers.shown.some(({ text }) => text.includes(`written to ${output}`)));
    const { format, kind, instances = [] } = (await noted(output)) ?? {};
    assert.deepEqual([format, kind], ['parquet', 'tables']);
    // Rows of instances that other tests have removed are exported too.
    assert.ok(instances.includes(mirrored.instance.id));
  });

  it('names nobody with pseudonyms, and notes that', async () => {
    await exportData('CSV', output, 'With pseudonyms');
    const users = await readFile(join(output, 'users.csv'), 'utf8');
    assert.match(users, /,User [0-9A-F]{8},/u);
    assert.equal(users.includes('@'), false);
    assert.equal((await noted(output))?.isPseudonymised, true);
  });

  it('says that nothing changed the second time', async () => {
    await exportData('CSV', output);
    await exportData('CSV', output);
    assert.equal(answers.shown.at(-1)?.text, `Nothing has changed since the last export to ${output}.`);
  });

  it('leaves nothing half when it is cancelled: at the question, and while it works', async () => {
    await exportData('Parquet', undefined);
    const window = vscode.window as unknown as { withProgress: unknown };
    const original = window.withProgress;
    const cancel = new vscode.CancellationTokenSource();
    window.withProgress = (_: unknown, work: (progress: unknown, token: unknown) => unknown) =>
      work({ report: () => cancel.cancel() }, cancel.token);
    try {
      await exportData('Parquet', output);
    } finally {
      window.withProgress = original;
    }
    assert.deepEqual(
      (await readdir(output)).filter((name) => name.startsWith('.')),
      [],
    );
    assert.equal(existsSync(join(output, 'messages')), false);
    await exportData('Parquet', output);
    assert.ok(existsSync(join(output, 'messages')));
  });

  it('refuses a folder of the mirror itself', async () => {
    const inside = join(core.folder.root, 'lake');
    await mkdir(inside);
    try {
      await exportData('Parquet', inside);
      assert.match(answers.shown.at(-1)?.text ?? '', /Choose a folder outside the data folder/u);
      assert.deepEqual(await readdir(inside), []);
    } finally {
      await rm(inside, { recursive: true });
    }
  });

  it('is not alone in the notes: a chart that was saved is there, too', async () => {
    const report = await buildReport(core.reader, DEFAULT_REPORT, {
      settings: {
        ...openingSettings(DEFAULT_REPORT, { kind: 'all' }),
        period: { kind: 'preset', preset: 'all' },
      },
      now: Math.floor(Date.now() / 1000),
      zone: core.instances.zone(),
      locale: 'en',
    });
    const path = join(output, 'messages.csv');
    answers.give('CSV');
    const never = (): Promise<Uint8Array> => Promise.reject(new Error('No picture is needed'));
    await answering(
      'showSaveDialog',
      () => vscode.Uri.file(path),
      () => saveBlock(core, report, 'messages', never),
    );
    const { format, kind, instances } = (await noted(path)) ?? {};
    assert.deepEqual([format, kind, instances], ['csv', 'report', [mirrored.instance.id]]);
  });

  it('is not alone in the notes: a report that was exported is there, too', async () => {
    answers.give(DEFAULT_REPORT.title, 'All instances', 'JSON', 'With pseudonyms');
    await vscode.commands.executeCommand('openwebuiSync.exportReport');
    const entry = (await readExports(core.folder.root)).at(-1);
    assert.match(entry?.path ?? '', /all-overview-pseudonyms-.*\.json$/u);
    assert.deepEqual([entry?.format, entry?.kind, entry?.isPseudonymised], ['json', 'report', true]);
    await rm(entry?.path ?? '');
  });
});
