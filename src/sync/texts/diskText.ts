import * as l10n from '@vscode/l10n';

/** About a data folder on a disk that has no hard links, such as FAT. */
export const noHardLinksText = (): string =>
  l10n.t('The disk of the data folder has no hard links: only this computer may sync into it');
