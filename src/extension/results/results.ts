import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { reportFailure } from '../commands/registry';
import { setContextKey } from '../contextKeys';
import type { Ownable } from '../disposables';
import { detailOf } from '../errors';
import { readSettings } from '../readSettings';
import type { Services } from '../services';
import { parseNumber } from '../settings';
import { openQuery } from '../sql/newQuery';
import { registerResultCommands } from './resultCommands';
import type { Restorable } from './restorable';
import { parseRestorable } from './restorable';
import { RESULTS_VIEW, ResultsView } from './resultsView';
import { RESULT_TAB, ResultTabs, offerToRestore, restoring } from './resultTabs';
import type { ResultActions, ShownPage } from './resultsChannel';
import type { QueryLimits } from './limitedRead';
import { QuerySession } from './querySession';
import { saveFile, saveResult } from './saveResult';
import { SpecDocuments } from './specDocuments';
import { ValueDocuments } from './valueDocuments';

/** Where statements are run and their results shown. */
export interface Results extends Ownable {
  /** Of the results view. */
  readonly session: QuerySession;
  /** Brings the results view to the front; the cursor stays where it is. */
  reveal(): Promise<void>;
}

/** The results view, its tabs and their commands. @param onRunning told whenever a run of the view begins or ends */
export function createResults(services: Services, onRunning: (isRunning: boolean) => void): Results {
  const values = new ValueDocuments();
  const specs = new SpecDocuments();
  const log = (error: unknown): void => services.log.error(`Query results: ${detailOf(error)}`);
  const createSession = (onChange: () => void): QuerySession =>
    new QuerySession({ limits, ran: services.ran, onFailure: log, onChange });
  const active = (): ShownPage => tabs.active ?? view;
  const follow = (): void => setContextKey('hasResult', active().shown !== undefined);

  const actions: ResultActions = {
    extensionUri: services.context.extensionUri,
    values,
    specs,
    save: (held) => saveResult(services, held),
    openTab: (held) => tabs.open(held),
    showStatement: (text) => openQuery(`${text}\n`),
    savePicture: ({ title, format, base64 }) =>
      saveFile(
        services,
        { title: l10n.t('Save Chart'), name: title, extension: format },
        Buffer.from(base64, 'base64'),
      ),
    onShown: follow,
    onError: (error) => reportFailure(services.log, 'Query results', error),
  };
  const session = createSession(() => {
    onRunning(session.isRunning);
    view.sendState();
    follow();
  });
  let kept: Restorable | undefined;
  const view = new ResultsView({
    session,
    actions,
    offers: {
      ...restoring({ services, session, actions, restorable: () => kept }),
      runWithoutTimeLimit: () => session.runAgain({ timeoutMs: 0 }),
    },
    onKept: (state) => {
      const restorable = parseRestorable(state);
      if (restorable !== undefined && session.state.phase === 'empty') {
        kept = restorable;
        offerToRestore(session, kept);
      }
    },
  });
  const tabs = new ResultTabs({ services, actions, createSession });
  registerResultCommands(services, active, actions);

  const registered = vscode.Disposable.from(
    vscode.window.registerWebviewViewProvider(RESULTS_VIEW, view),
    vscode.window.registerWebviewPanelSerializer(RESULT_TAB, tabs),
    tabs,
    session,
    values,
    specs,
  );
  return { session, reveal: () => view.reveal(), dispose: () => void registered.dispose() };
}

function limits(): QueryLimits {
  const settings = readSettings();
  return {
    rows: parseNumber(settings, 'query.rowLimit'),
    timeoutMs: parseNumber(settings, 'query.timeoutSeconds') * 1000,
  };
}
