/**
 * Rebuilds a part of the page. Whatever had focus in it, told by `data-key`, has it again; when it is gone for good, the
 * stand-in gets it, so that the keyboard never falls back to the top of the page.
 */
export function keepingFocus(within: HTMLElement, standIn: HTMLElement, rebuild: () => void): void {
  const focused = document.activeElement;
  const isInside = focused instanceof HTMLElement && focused !== within && within.contains(focused);
  const key = isInside ? focused.dataset['key'] : undefined;
  rebuild();
  if (!isInside || focused.isConnected) {
    return;
  }
  const again = [...within.querySelectorAll<HTMLElement>('[data-key]')].find(
    ({ dataset }) => dataset['key'] === key,
  );
  (again ?? standIn).focus({ preventScroll: true });
}
