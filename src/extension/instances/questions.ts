import * as l10n from '@vscode/l10n';
import type { Instance } from '../../store/instances/instance';
import { askChoice, askText, BACK, refusal, type Back } from '../quickInput';
import { baseUrlFrom, objectToName, objectToUrl, suggestName } from './address';

/** How one signs in to an instance. */
export type SignInMethod = 'apiKey' | 'password';

/** Answers so far. Lives only as long as the dialog. */
export interface Draft {
  readonly url?: string;
  readonly name?: string;
  readonly method?: SignInMethod;
  readonly apiKey?: string;
  readonly email?: string;
  readonly password?: string;
}

/** One question; its answer is added to the draft. */
type Question = (draft: Draft) => Promise<Draft | Back>;

/** What a sequence of questions is about. */
export interface Sequence {
  readonly title: string;
  readonly totalSteps: number;
  /** Names and addresses that are taken. */
  readonly others: readonly Instance[];
  readonly needsInstance: boolean;
}

/** Questions by their name, so that a failure can lead back to the one that mends it. */
export type QuestionName = 'url' | 'name' | 'method' | 'apiKey' | 'email' | 'password';

/**
 * Asks what is missing from `start` on, with a way back at each step.
 * @throws CancelledError
 */
export async function askDraft(sequence: Sequence, draft: Draft, start?: QuestionName): Promise<Draft> {
  let current = draft;
  let index = Math.max(0, start === undefined ? 0 : namesFor(sequence, current).indexOf(start));
  for (;;) {
    const name = namesFor(sequence, current)[index];
    if (name === undefined) {
      return current;
    }
    const answer = await questionOf(name, sequence, index > 0)(current);
    if (answer === BACK) {
      index = Math.max(0, index - 1);
    } else {
      current = { ...current, ...answer };
      index++;
    }
  }
}

function namesFor(sequence: Sequence, draft: Draft): readonly QuestionName[] {
  const instance: readonly QuestionName[] = sequence.needsInstance ? ['url', 'name'] : [];
  const secret: readonly QuestionName[] = draft.method === 'password' ? ['email', 'password'] : ['apiKey'];
  return [...instance, 'method', ...secret];
}

function questionOf(name: QuestionName, { title, totalSteps, others }: Sequence, hasBack: boolean): Question {
  const at = (step: number) => ({ title, step: Math.min(step, totalSteps), totalSteps, hasBack });
  const questions: Readonly<Record<QuestionName, Question>> = {
    url: (draft) =>
      toDraft(
        askText({
          ...at(1),
          prompt: l10n.t('Address of the Open WebUI server'),
          placeholder: 'https://chat.example.org',
          value: draft.url,
          object: (text) => objectToUrl(text, others),
        }),
        (text) => ({ url: baseUrlFrom(text) ?? text }),
      ),
    name: (draft) =>
      toDraft(
        askText({
          ...at(2),
          prompt: l10n.t('Name to show for it'),
          value: draft.name ?? (draft.url === undefined ? undefined : suggestName(draft.url, others)),
          object: (text) => objectToName(text, others),
        }),
        (text) => ({ name: text.trim() }),
      ),
    method: () =>
      toDraft(
        askChoice<SignInMethod>({
          ...at(3),
          placeholder: l10n.t('How do you sign in?'),
          items: [
            {
              label: `$(key) ${l10n.t('API Key')}`,
              detail: l10n.t(
                'Of an administrator: Open WebUI > Settings > Account > API Keys. Does not run out.',
              ),
              value: 'apiKey',
            },
            {
              label: `$(account) ${l10n.t('E-Mail and Password')}`,
              detail: l10n.t(
                'Of an administrator. Where the session ends, you may keep the password to renew it.',
              ),
              value: 'password',
            },
          ],
        }),
        (method) => ({ method }),
      ),
    apiKey: (draft) =>
      toDraft(
        askText({
          ...at(3),
          prompt: l10n.t('API key. It is kept in the system keyring only.'),
          placeholder: 'sk-…',
          value: draft.apiKey,
          isSecret: true,
          object: required(l10n.t('Enter the API key.')),
        }),
        (text) => ({ apiKey: text.trim() }),
      ),
    email: (draft) =>
      toDraft(
        askText({
          ...at(3),
          prompt: l10n.t('E-mail address of an administrator'),
          value: draft.email,
          object: required(l10n.t('Enter the e-mail address.')),
        }),
        (text) => ({ email: text.trim() }),
      ),
    password: () =>
      toDraft(
        askText({
          ...at(3),
          prompt: l10n.t('Password. It is used once and kept only if you ask for it.'),
          isSecret: true,
          object: required(l10n.t('Enter the password.')),
        }),
        (text) => ({ password: text }),
      ),
  };
  return questions[name];
}

async function toDraft<T>(question: Promise<T | Back>, use: (answer: T) => Draft): Promise<Draft | Back> {
  const answer = await question;
  return answer === BACK ? BACK : use(answer);
}

function required(message: string) {
  return (text: string) => refusal(text.trim() === '' ? message : undefined);
}
