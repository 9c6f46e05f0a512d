import * as vscode from 'vscode';
import { setContextKey } from '../../contextKeys';
import type { CoreFeature } from '../../core';
import { detailOf } from '../../errors';
import { SourceChanges } from '../sourceChanges';
import { selectedNodes } from '../tree/selectedNodes';
import { CountedSchema } from './countedSchema';
import { isSchemaNode, schemaTree, selectTop } from './schemaNodes';

export const SCHEMA_VIEW = 'openwebuiSync.schema';

/** The tables, views and columns of the database that queries read. */
export const schemaFeature: CoreFeature = (core) => {
  const changed = new vscode.EventEmitter<void>();
  const published = new SourceChanges(core.sources);
  const schema = new CountedSchema({
    onCounted: () => changed.fire(),
    onFailure: (error) => core.log.error(`Failed to count rows: ${detailOf(error)}`),
  });
  let hasInternals = false;
  const setInternals = (isOn: boolean): void => {
    hasInternals = isOn;
    setContextKey('hasInternalTables', isOn);
    changed.fire();
  };
  core.trees.add(SCHEMA_VIEW, {
    onDidChange: changed.event,
    roots: async () => {
      const { sourceId, reader } = core.sources.current;
      const { tables, counts } = await schema.read(sourceId, reader);
      return schemaTree(tables, counts, { hasInternals });
    },
  });
  core.registerCommand('openwebuiSync.showInternalTables', () => setInternals(true));
  core.registerCommand('openwebuiSync.hideInternalTables', () => setInternals(false));
  core.registerCommand('openwebuiSync.copyName', async (...args) => {
    const names = selectedNodes(args, isSchemaNode).map(({ name }) => name);
    await vscode.env.clipboard.writeText(names.join(', '));
  });
  core.registerCommand('openwebuiSync.selectTop', async (...args) => {
    const [node] = selectedNodes(args, isSchemaNode);
    if (node?.table !== undefined) {
      await vscode.commands.executeCommand('openwebuiSync.openSql', selectTop(node.table), { run: true });
    }
  });
  return vscode.Disposable.from(
    changed,
    published,
    published.onDidChange(() => changed.fire()),
  );
};
