import * as l10n from '@vscode/l10n';
import { button } from './controls.mjs';
import { element } from './dom.mjs';

/** What is said instead of numbers, at once for screen readers too, with what can be done about it. */
export function notice(message: string, ...actions: HTMLElement[]): HTMLElement {
  return element(
    'div',
    { className: 'notice', attributes: { role: 'alert' } },
    element('p', { text: message }),
    element('div', { className: 'buttons' }, ...actions),
  );
}

export interface FailureActions {
  readonly tryAgain: () => void;
  /** Present where a warehouse failed. */
  readonly readMirror?: (() => void) | undefined;
  readonly showLog: () => void;
}

/** Says why numbers could not be read. @param message a sentence with the next step */
export function failureNotice(
  message: string,
  { tryAgain, readMirror, showLog }: FailureActions,
): HTMLElement {
  return notice(
    message,
    button({ label: l10n.t('Try Again'), onClick: tryAgain }),
    ...(readMirror === undefined
      ? []
      : [button({ label: l10n.t('Read the Mirror'), isSecondary: true, onClick: readMirror })]),
    button({ label: l10n.t('Show Log'), isSecondary: true, onClick: showLog }),
  );
}
