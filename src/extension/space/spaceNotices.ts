import type { MirrorStatus } from '../../store/runs';
import { largeText } from '../../sync/texts/freeUpText';

/** What is worth a look, or a word. */
export interface SpaceNotice {
  /** To be told now, once in this window. */
  readonly isLarge?: string | undefined;
  /** Text of messages older than so many months would go by the settings, but nobody has agreed: to be counted. */
  readonly unagreedMonths?: number | undefined;
}

/** Remembers what this window was told about the size of the mirror. */
export class SpaceNotices {
  #hasToldLarge = false;
  /** Months and local day that were looked at last. */
  #counted = '';
  readonly #toldMonths = new Set<number>();

  /**
   * @param textMonths as the settings have it
   * @param day local date: text grows old, so it is counted again on another day
   */
  next({ sizes, agreedTextMonths }: MirrorStatus, textMonths: number, day: string): SpaceNotice {
    const large = this.#hasToldLarge ? undefined : largeText(sizes?.imageBytes);
    this.#hasToldLarge ||= large !== undefined;
    const look = `${textMonths}/${day}`;
    const isUnagreed = textMonths > 0 && textMonths !== agreedTextMonths && !this.#toldMonths.has(textMonths);
    if (!isUnagreed || this.#counted === look) {
      return { isLarge: large };
    }
    this.#counted = look;
    return { isLarge: large, unagreedMonths: textMonths };
  }

  /** Once is enough: the person knows what the setting would do. */
  told(textMonths: number): void {
    this.#toldMonths.add(textMonths);
  }
}
