import * as vscode from 'vscode';
import type { InstanceInfo, OpenWebUiSyncApiV1, OpenWebUiSyncExtension } from '../../../api/openwebui-sync';
import type { Core } from '../core';
import type { Disposables } from '../disposables';
import { queriesInOwnThread } from '../queries/ownThread';
import { ApiError } from './apiError';
import { createApiV1 } from './apiV1';
import { instanceInfos } from './instanceInfo';

/** What activation returns to other extensions. Nothing is made before one asks for it. */
export function exportedApi(core: Core, owned: Disposables): OpenWebUiSyncExtension {
  let made: OpenWebUiSyncApiV1 | undefined;
  return {
    getApi: (version) => {
      assertKnown(version);
      made ??= makeV1(core, owned);
      return made;
    },
  };
}

/** Callers may be older or newer than this version, and without types. */
function assertKnown(version: unknown): void {
  if (version !== 1) {
    throw new ApiError(
      'unknownVersion',
      `OpenWebUI Sync offers version 1 of its API; version ${String(version)} was asked for. Update the older of the two extensions.`,
    );
  }
}

function makeV1(core: Core, owned: Disposables): OpenWebUiSyncApiV1 {
  const infos = (): readonly InstanceInfo[] => instanceInfos(core.model.view());
  const changed = owned.add(new vscode.EventEmitter<readonly InstanceInfo[]>());
  let told = JSON.stringify(infos());
  owned.add(
    core.model.onDidChange(() => {
      const now = infos();
      const text = JSON.stringify(now);
      if (text !== told) {
        told = text;
        changed.fire(now);
      }
    }),
  );
  return createApiV1({
    infos,
    onDidChangeStatus: changed.event,
    instances: () => core.instances.list(),
    queries: owned.add(queriesInOwnThread(core)),
    sync: (instances) => {
      core.log.info('Another extension starts a sync');
      return core.syncs.run(instances, { kind: 'incremental', trigger: 'extension' });
    },
  });
}
