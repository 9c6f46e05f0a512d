import * as l10n from '@vscode/l10n';
import { translated } from '../language/translated';
import type { AiAccess } from '../store/instances/aiAccess';

/** What models may read of an instance, in words: a name, and one plain line on what they can then be told. */
export const ACCESS_WORDS = translated<
  Readonly<Record<AiAccess | 'off', { readonly name: string; readonly holds: string }>>
>(() => ({
  off: { name: l10n.t('Not available'), holds: l10n.t('Chats cannot read anything of it.') },
  numbers: {
    name: l10n.t('Numbers and names'),
    holds: l10n.t(
      'Who uses which models, when and how much. No message text, titles, comments, tags, file names or e-mail addresses.',
    ),
  },
  text: {
    name: l10n.t('With the text of messages'),
    holds: l10n.t('Everything that the mirror holds, also what people wrote.'),
  },
}));
