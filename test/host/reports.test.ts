import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Core } from '../../src/extension/core';
import { REPORTS } from '../../src/reports/catalogue';
import { mirrorSmallServer, until, type MirroredServer } from './support';

const NO_REPORT = { title: 'Broken', blocks: [] };
const OWN = {
  title: 'My turns',
  blocks: [{ title: 'Turns', sql: 'SELECT {{turns}} AS turns FROM main.v_turns t' }],
};

describe('reports in tabs', () => {
  let core: Core;
  let mirrored: MirroredServer;
  let folder: string;

  before(async () => {
    mirrored = await mirrorSmallServer('reports');
    ({ core } = mirrored);
    folder = join(core.folder.root, 'reports');
    await mkdir(folder, { recursive: true });
  });
  after(async () => {
    await rm(folder, { recursive: true, force: true });
    await mirrored.end();
  });
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  const tabs = (): string[] =>
    vscode.window.tabGroups.all.flatMap((group) => group.tabs.map(({ label }) => label));

  /** Waits for a tab of that name. */
  function opens(label: string): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (tabs().includes(label)) {
          changes.dispose();
          resolve();
        }
      };
      const changes = vscode.window.tabGroups.onDidChangeTabs(look);
      look();
    });
  }

  it('open for an instance, for all, and by their id; each once', async () => {
    await vscode.commands.executeCommand('openwebuiSync.openReport', 'alpha');
    await opens('Overview: alpha');
    for (const { id, title } of REPORTS) {
      await vscode.commands.executeCommand('openwebuiSync.openReportAll', id);
      await opens(`${title}: All Instances`);
    }
    await vscode.commands.executeCommand('openwebuiSync.openReportAll');
    assert.equal(tabs().length, REPORTS.length + 1);
  });

  it('have a dashboard beside them, once', async () => {
    await vscode.commands.executeCommand('openwebuiSync.openDashboard');
    await opens('Dashboard');
    await vscode.commands.executeCommand('openwebuiSync.openDashboard');
    assert.deepEqual(tabs(), ['Dashboard']);
  });

  it('of one’s own open from their file, and what is wrong with a file stands in the Problems view', async () => {
    const file = join(folder, 'mine.report.json');
    const broken = vscode.Uri.file(join(folder, 'broken.report.json'));
    await writeFile(file, JSON.stringify(OWN));
    await writeFile(broken.fsPath, JSON.stringify(NO_REPORT));
    await vscode.window.showTextDocument(vscode.Uri.file(file));
    await vscode.commands.executeCommand('openwebuiSync.previewReport');
    await opens('My turns: All Instances');
    await until(core, () =>
      vscode.languages.getDiagnostics(broken).some(({ message }) => message.startsWith('blocks: ')),
    );
  });
});
