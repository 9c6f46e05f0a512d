import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Core } from '../../src/extension/core';
import { saveBlock } from '../../src/extension/exports/saveBlock';
import { buildReport } from '../../src/reports/buildReport';
import { DEFAULT_REPORT, REPORTS } from '../../src/reports/catalogue';
import { openingSettings } from '../../src/reports/reportDefinition';
import type { ReportModel } from '../../src/reports/reportModel';
import type { SampleServer } from '../../src/sample/server';
import { Answers } from './answers';
import { mirrorSmallServer, query, until, type MirroredServer } from './support';

describe('exports', () => {
  let core: Core;
  let mirrored: MirroredServer;
  let server: SampleServer;
  let answers: Answers;
  let folder: string;
  let instanceId: number;

  before(async () => {
    mirrored = await mirrorSmallServer('exports');
    ({ core, server } = mirrored);
    instanceId = mirrored.instance.id;
    const workspace = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
    assert.ok(workspace !== undefined);
    folder = join(workspace, 'output', 'ai_usage');
  });
  after(async () => {
    await mirrored.end();
  });
  beforeEach(async () => {
    await mkdir(folder, { recursive: true });
    answers = new Answers();
  });
  afterEach(async () => {
    answers.restore();
    await rm(folder, { recursive: true, force: true });
  });

  function model(): Promise<ReportModel> {
    return buildReport(core.reader, DEFAULT_REPORT, {
      settings: {
        ...openingSettings(DEFAULT_REPORT, { kind: 'all' }),
        period: { kind: 'preset', preset: 'all' },
      },
      now: Math.floor(Date.now() / 1000),
      zone: core.instances.zone(),
      locale: 'en',
    });
  }

  it('write a report in the chosen format into the export folder, without names if wanted', async () => {
    answers.give(DEFAULT_REPORT.title, 'All instances', 'JSON', 'With pseudonyms');
    await vscode.commands.executeCommand('openwebuiSync.exportReport');
    const [name = ''] = await readdir(folder);
    assert.match(name, /^all-overview-pseudonyms-\d{4}-\d\d-\d\d\.json$/u);
    const text = await readFile(join(folder, name), 'utf8');
    assert.equal((JSON.parse(text) as { isPseudonymised: boolean }).isPseudonymised, true);
    const users = await query(core, 'SELECT name FROM users WHERE instance_id = $id', instanceId);
    assert.ok(users.length > 0);
    assert.deepEqual(
      users.map((user) => String(user['name'])).filter((user) => text.includes(user)),
      [],
    );
  });

  it('write all reports, with a page that links to them, and say where', async () => {
    answers.give('With names');
    await vscode.commands.executeCommand('openwebuiSync.exportAllReports');
    const [day = ''] = await readdir(folder);
    const files = await readdir(join(folder, day));
    assert.equal(files.length, REPORTS.length * 2 + 1, answers.shown.map(({ text }) => text).join('\n'));
    assert.ok(files.includes('index.html'));
    assert.ok(answers.shown.some(({ text }) => text.includes(`${REPORTS.length * 2} reports written to`)));
  });

  it('write all reports after a sync that changed something, if that is set', async () => {
    const settings = vscode.workspace.getConfiguration('openwebuiSync');
    const index = (): boolean =>
      readdirSync(folder).some((day) => /^\d{4}-/u.test(day) && existsSync(join(folder, day, 'index.html')));
    await settings.update('export.afterSync', true, vscode.ConfigurationTarget.Global);
    try {
      const owner = server.world.chats.all()[0]?.userId ?? '';
      server.world.chats.add(owner, { title: 'One more' });
      await vscode.commands.executeCommand('openwebuiSync.sync', 'alpha');
      await until(core, index);
    } finally {
      await settings.update('export.afterSync', undefined, vscode.ConfigurationTarget.Global);
    }
    assert.deepEqual(
      answers.shown.map(({ text }) => text),
      [],
    );
  });

  it('save a chart as a picture that the page draws, and its values', async () => {
    const window = vscode.window as unknown as { showSaveDialog: unknown };
    const original = window.showSaveDialog;
    const asked: vscode.SaveDialogOptions[] = [];
    window.showSaveDialog = (options: vscode.SaveDialogOptions) => {
      asked.push(options);
      return Promise.resolve(options.defaultUri);
    };
    try {
      const shown = await model();
      answers.give('PNG', 'CSV');
      const png = await saveBlock(core, shown, 'messages', () => Promise.resolve(new Uint8Array([1, 2])));
      assert.deepEqual([...(await readFile(png.fsPath))], [1, 2]);
      const never = (): Promise<Uint8Array> => Promise.reject(new Error('No picture is needed'));
      const csv = await saveBlock(core, shown, 'messages', never);
      assert.match(await readFile(csv.fsPath, 'utf8'), /^\uFEFFWhen,Turns,Generations\r\n/u);
      assert.deepEqual(
        asked.map(({ title }) => title),
        ['Save Chart', 'Save Chart'],
      );
    } finally {
      window.showSaveDialog = original;
    }
  });
});
