import { element } from './dom.mjs';

const GAP = 6;
const MARGIN = 8;

const box = element('div', { className: 'hint', attributes: { 'aria-hidden': 'true' } });
box.hidden = true;
const prepared = new WeakSet<HTMLElement>();
let shownBy: Element | undefined;

/**
 * Explains an element in words: shown while the pointer or the keyboard is on it, read out with it, put away by Escape.
 * Called again, it changes the words.
 */
export function setHint(target: HTMLElement, words: string | undefined): void {
  if (words === undefined) {
    delete target.dataset['hint'];
    target.removeAttribute('aria-description');
    return;
  }
  target.dataset['hint'] = words;
  target.setAttribute('aria-description', words);
  if (!prepared.has(target)) {
    prepared.add(target);
    target.addEventListener('pointerenter', () => show(target));
    target.addEventListener('pointerleave', () => hide(target));
    target.addEventListener('focus', () => show(target));
    target.addEventListener('blur', () => hide(target));
  }
}

document.addEventListener('keydown', ({ key }) => {
  if (key === 'Escape' && shownBy !== undefined) {
    hide(shownBy);
  }
});
// An element that is taken away below the pointer tells nobody that the pointer has left it.
document.addEventListener('pointermove', () => {
  if (shownBy?.isConnected === false) {
    hide(shownBy);
  }
});

function show(target: HTMLElement): void {
  const words = target.dataset['hint'];
  if (words === undefined) {
    return;
  }
  shownBy = target;
  box.textContent = words;
  box.hidden = false;
  if (!box.isConnected) {
    document.body.append(box);
  }
  const place = target.getBoundingClientRect();
  const { offsetWidth, offsetHeight } = box;
  const left = Math.min(place.left, window.innerWidth - offsetWidth - MARGIN);
  const isBelow = place.bottom + GAP + offsetHeight < window.innerHeight;
  box.style.left = `${Math.max(MARGIN, left)}px`;
  box.style.top = `${isBelow ? place.bottom + GAP : Math.max(0, place.top - GAP - offsetHeight)}px`;
}

function hide(target: Element): void {
  if (shownBy === target) {
    shownBy = undefined;
    box.hidden = true;
  }
}
