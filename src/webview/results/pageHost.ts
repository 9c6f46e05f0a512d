import type { ToExtension } from './protocol';
import type { SavedState } from './savedState';

/** Where the page sends its wishes and keeps its place. */
export interface PageHost {
  readonly post: (message: ToExtension) => void;
  readonly saved: () => SavedState;
  readonly save: (state: SavedState) => void;
}
