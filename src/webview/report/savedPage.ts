import type { ReportSettings } from '../../reports/reportSettings';

/** What a page keeps for the next session of the editor: the extension reads the settings, the page its place. */
export type SavedPage = ReportSettings & { readonly scrollTop: number };

/** Pixels that a kept page was scrolled down; 0 for anything else. */
export function scrollTopOf(saved: unknown): number {
  const scrollTop: unknown =
    typeof saved === 'object' && saved !== null && 'scrollTop' in saved ? saved.scrollTop : 0;
  return typeof scrollTop === 'number' && Number.isFinite(scrollTop) && scrollTop > 0 ? scrollTop : 0;
}
