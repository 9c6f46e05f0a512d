import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { aiAccessOf, mostAiAccess, type AiAccess } from '../../store/instances/aiAccess';
import type { Instance } from '../../store/instances/instance';
import type { Core } from '../core';
import { askChoice, BACK, type ChoiceItem } from '../quickInput';
import { ACCESS_WORDS } from '../../assistant/accessWords';

/**
 * Asks whether chats may read an instance, and, as a question of its own, whether what people wrote is part of it.
 * An instance whose people are not named is never open to them. @throws CancelledError
 */
export async function changeAiAccess(core: Core, instance: Instance): Promise<void> {
  const most = mostAiAccess(instance.privacy);
  if (most === undefined) {
    void vscode.window.showInformationMessage(
      l10n.t('{0} is not offered to AI: its privacy mode keeps people unnamed.', instance.name),
    );
    return;
  }
  const access = await askAccess(instance, most);
  const changed = await core.instances.update(instance.id, { ai: access });
  void vscode.window.showInformationMessage(
    l10n.t('{0} and AI: {1}.', changed.name, ACCESS_WORDS[aiAccessOf(changed) ?? 'off'].name),
  );
}

async function askAccess(instance: Instance, most: AiAccess): Promise<AiAccess | 'off'> {
  const current = aiAccessOf(instance);
  const steps = { title: l10n.t('AI Access of {0}', instance.name), totalSteps: most === 'text' ? 2 : 1 };
  for (;;) {
    const isOpen = await askChoice<boolean>({
      ...steps,
      step: 1,
      placeholder: l10n.t(
        'May language models read it, in chats of VS Code and by the MCP server? What they read goes to the provider of the model.',
      ),
      items: [item('off', false), item('numbers', true)],
      active: current !== undefined,
    });
    if (isOpen !== true || most === 'numbers') {
      return isOpen === true ? 'numbers' : 'off';
    }
    const access = await askChoice<AiAccess>({
      ...steps,
      step: 2,
      hasBack: true,
      placeholder: l10n.t('May they read what people wrote as well? It goes to the same provider.'),
      items: [item('numbers', 'numbers'), item('text', 'text')],
      active: current ?? 'numbers',
    });
    if (access !== BACK) {
      return access;
    }
  }
}

function item<T>(access: AiAccess | 'off', value: T): ChoiceItem<T> {
  const { name, holds } = ACCESS_WORDS[access];
  return { label: name, detail: holds, value };
}
