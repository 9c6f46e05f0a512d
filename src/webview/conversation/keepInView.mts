/** So many frames without a move, and the place has settled. */
const CALM_FRAMES = 20;
/** After that many frames it is let go of, settled or not. */
const MOST_FRAMES = 240;

/** What a person does to go elsewhere. */
const OWN_MOVES = ['wheel', 'pointerdown', 'keydown'] as const;

/**
 * Brings an element into view and holds it there while the page settles: what lies out of sight has a guessed height
 * until it comes near, and moves everything below it then. Ends at once when a person moves on.
 */
export function keepInView(target: Element, block: 'start' | 'center'): void {
  const moved = new AbortController();
  for (const name of OWN_MOVES) {
    window.addEventListener(name, () => moved.abort(), { signal: moved.signal, passive: true });
  }
  let calm = 0;
  let left = MOST_FRAMES;
  const hold = (): void => {
    const before = target.getBoundingClientRect().top;
    target.scrollIntoView({ block });
    calm = Math.abs(target.getBoundingClientRect().top - before) < 1 ? calm + 1 : 0;
    left--;
    if (calm === CALM_FRAMES || left === 0 || !target.isConnected) {
      moved.abort();
    }
    if (!moved.signal.aborted) {
      requestAnimationFrame(hold);
    }
  };
  hold();
}
