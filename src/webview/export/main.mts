// Shows the values under the pointer in an exported report. Charts are pictures whose marks say what they are.

const OFFSET = 14;

const tooltip = document.createElement('div');
tooltip.id = 'tooltip';
tooltip.hidden = true;
document.body.append(tooltip);

document.addEventListener('pointermove', (event) => {
  const mark = event.target instanceof Element ? event.target.closest('svg [aria-label]') : null;
  const label = mark?.getAttribute('aria-roledescription')?.includes('container')
    ? null
    : mark?.getAttribute('aria-label');
  tooltip.hidden = label === null || label === undefined || label === '';
  if (!tooltip.hidden) {
    tooltip.textContent = (label ?? '').split('; ').join('\n');
    place(event.clientX, event.clientY);
  }
});

/** Beside the pointer, on the side where there is room. */
function place(x: number, y: number): void {
  const { offsetWidth, offsetHeight } = tooltip;
  const isRight = x + OFFSET + offsetWidth < window.innerWidth;
  const isBelow = y + OFFSET + offsetHeight < window.innerHeight;
  tooltip.style.left = `${isRight ? x + OFFSET : x - OFFSET - offsetWidth}px`;
  tooltip.style.top = `${isBelow ? y + OFFSET : y - OFFSET - offsetHeight}px`;
}
