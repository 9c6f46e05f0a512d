import * as l10n from '@vscode/l10n';
import type { Elsewhere, HoldingExport } from '../../store/tombstones/elsewhere';
import { formatDateTime } from '../words';
import { listSection } from './textDocument';

/** What a person has to do elsewhere after something was removed for good, line by line; empty: nothing. @param zone of the mirror */
export function elsewhereLines(
  { exports, warehouses, problems }: Elsewhere,
  zone: string,
): readonly string[] {
  return [
    ...listSection(
      l10n.t('Earlier exports may still hold it. Delete them yourself:'),
      exports.map((entry) => exportLine(entry, zone)),
    ),
    ...listSection(l10n.t('Warehouses hold it until the next push, which removes it there:'), warehouses),
    ...listSection(l10n.t('Not all places are known that may still hold it:'), problems),
  ];
}

/** One sentence for a message, which has no room for a list; undefined: nothing is to be done. */
export function elsewhereSentence({ exports, warehouses, problems }: Elsewhere): string | undefined {
  if (exports.length + problems.length > 0) {
    return l10n.t('Earlier exports may still hold what was removed: delete them yourself.');
  }
  return warehouses.length === 0
    ? undefined
    : l10n.t('Until the next push the warehouse still holds it: {0}.', warehouses.join(', '));
}

/** `/home/ann/usage.xlsx (xlsx, 2025-11-16 13:00)` */
function exportLine({ path, format, at, isThere }: HoldingExport, zone: string): string {
  const written = formatDateTime(at * 1000, zone);
  return isThere
    ? l10n.t('{0} ({1}, {2})', path, format, written)
    : l10n.t('{0} ({1}, {2}; not there now)', path, format, written);
}
