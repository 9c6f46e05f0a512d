import * as l10n from '@vscode/l10n';
import { translated } from '../../language/translated';

/** Why a file that a person wants elsewhere cannot be written, by the system's code. */
export const WRITE_REASONS = translated<Readonly<Record<string, string>>>(() => ({
  ENOSPC: l10n.t('the disk is full'),
  EDQUOT: l10n.t('the disk is full'),
  EACCES: l10n.t('this user may not write there'),
  EPERM: l10n.t('this user may not write there'),
  EROFS: l10n.t('the disk is read-only'),
  ENOENT: l10n.t('there is no such folder'),
  ENOTDIR: l10n.t('there is no such folder'),
  EEXIST: l10n.t('there is no such folder'),
  NO_FILE: l10n.t('it is a device or a pipe, and no file'),
  EISDIR: l10n.t('a folder has that name'),
}));
