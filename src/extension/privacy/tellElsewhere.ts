import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Instance } from '../../store/instances/instance';
import { lookElsewhere } from '../../store/tombstones/elsewhere';
import { elsewhereLines, elsewhereSentence } from '../../sync/texts/elsewhereText';
import { textDocument } from '../../sync/texts/textDocument';
import type { Core } from '../core';

/** Says where else something may still be that was removed from an instance for good. Its answer is not waited for. */
export async function tellElsewhere(core: Core, { id, name }: Pick<Instance, 'id' | 'name'>): Promise<void> {
  const elsewhere = await lookElsewhere(core.folder.root, id, () => core.warehouses.list());
  const sentence = elsewhereSentence(elsewhere);
  if (sentence === undefined) {
    return;
  }
  const title = l10n.t('{0}: what was removed may still be elsewhere', name);
  void vscode.window.showWarningMessage(`${name}: ${sentence}`, l10n.t('Show List')).then(async (choice) => {
    if (choice !== undefined) {
      const text = textDocument(title, [elsewhereLines(elsewhere, core.instances.zone())]);
      await core.texts.open({ title: l10n.t('Elsewhere.txt'), text });
    }
  });
}
