import * as vscode from 'vscode';
import { setContextKey } from '../contextKeys';
import type { Feature } from '../services';
import { SourceChanges } from './sourceChanges';

/** Tells welcome views and menus whether there is a database to read. */
export const dataContextFeature: Feature = ({ sources }) => {
  const changes = new SourceChanges(sources);
  const update = (): void => setContextKey('hasData', sources.current.mirror.status.generation > 0);
  update();
  return vscode.Disposable.from(changes, changes.onDidChange(update));
};
