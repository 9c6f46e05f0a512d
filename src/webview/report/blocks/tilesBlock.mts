import type { KpiBlock } from '../../../reports/reportModel';
import { TileList } from '../../shared/tileList.mjs';
import type { BlockView } from './blockTools';

/** Headline numbers. */
export class TilesBlock implements BlockView<KpiBlock> {
  readonly #tiles = new TileList();
  readonly element = this.#tiles.element;

  show({ tiles }: KpiBlock): void {
    this.#tiles.show(tiles);
  }
}
