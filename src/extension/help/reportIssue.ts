import { release, userInfo } from 'node:os';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Instance } from '../../store/instances/instance';
import { createAnonymiser, type KnownWord } from '../../sync/anonymising';
import { reportFailure } from '../commands/registry';
import type { Core } from '../core';
import { readSetting } from '../readSettings';
import { settingProperties } from './checkSettings';
import { diagnosticsText, type DiagnosticFacts, type Versions } from './diagnostics';
import { folderSizes, schemaOf } from './folderSizes';

const REPORTER = 'workbench.action.openIssueReporter';

/** Shows what would be told in a document, to be read, changed and completed first; then offers to copy or to report it. */
export async function reportIssue(core: Core): Promise<void> {
  const content = diagnosticsText(await factsOf(core));
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
  await vscode.window.showTextDocument(document, { preview: false });
  const hasReporter = (await vscode.commands.getCommands(true)).includes(REPORTER);
  offer(core, document, hasReporter).catch((error: unknown) =>
    reportFailure(core.log, 'Report Issue', error),
  );
}

/** The command has ended; the answer may come much later. */
async function offer(core: Core, document: vscode.TextDocument, hasReporter: boolean): Promise<void> {
  const copy = l10n.t('Copy');
  const openReporter = l10n.t('Open Issue Reporter');
  const choice = await vscode.window.showInformationMessage(
    l10n.t('Read the report, say what happened, and take out what nobody should see. Nothing was sent.'),
    copy,
    ...(hasReporter ? [openReporter] : []),
  );
  if (choice === copy) {
    await vscode.env.clipboard.writeText(document.getText());
  } else if (choice === openReporter) {
    await vscode.commands.executeCommand(REPORTER, {
      extensionId: core.context.extension.id,
      issueBody: document.getText(),
    });
  }
}

async function factsOf(core: Core): Promise<DiagnosticFacts> {
  const manifest: unknown = core.context.extension.packageJSON;
  return {
    versions: versionsOf(core.context),
    mirror: core.mirror.status,
    schema: await schemaOf(core.folder),
    files: await folderSizes(core.folder),
    settings: [...settingProperties(manifest)].map(([id, property]) => ({
      id,
      property,
      value: readSetting(id),
    })),
    hasDemo: core.sources.demo !== undefined,
    log: core.log.tail(),
    anonymise: createAnonymiser(knownWords(core)),
  };
}

function versionsOf({ extension }: vscode.ExtensionContext): Versions {
  const isUi = extension.extensionKind === vscode.ExtensionKind.UI;
  return {
    extension: String((extension.packageJSON as { readonly version: unknown }).version),
    editor: vscode.version,
    host: `${vscode.env.appHost}, ${isUi ? 'local' : 'workspace'} side`,
    platform: `${process.platform} ${process.arch} ${release()}`,
    node: process.versions.node,
    remote: vscode.env.remoteName,
    language: vscode.env.language,
  };
}

/** Removed instances are still in the status, and in the log. */
function knownWords({ context, instances, mirror }: Core): readonly KnownWord[] {
  const listed: readonly Pick<Instance, 'name' | 'url'>[] = [...instances.list(), ...mirror.status.instances];
  return [
    [context.extensionPath, '<extension>'],
    [userName(), '<user>'],
    ...listed.flatMap(({ name, url }, index): KnownWord[] => {
      const number = index + 1;
      const { host, hostname } = new URL(url);
      return [
        [name, `<instance ${number}>`],
        [url, `<address ${number}>`],
        [host, `<host ${number}>`],
        [hostname, `<host ${number}>`],
      ];
    }),
  ];
}

/** Systems without a name for the user throw. */
function userName(): string {
  try {
    return userInfo().username;
  } catch (error) {
    if (error instanceof Error) {
      return '';
    }
    throw error;
  }
}
