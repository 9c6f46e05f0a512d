import * as l10n from '@vscode/l10n';
import type { PictureFormat, ToExtension } from '../../webview/report/protocol';

type Answer = Extract<ToExtension, { type: 'picture' }>;

interface Waiting {
  readonly resolve: (bytes: Uint8Array) => void;
  readonly reject: (reason: Error) => void;
}

/** Charts that the page was asked to draw into a file, until it answers. A page that is closed answers with a failure. */
export class PictureRequests {
  readonly #ask: (blockId: string, format: PictureFormat) => void;
  readonly #waiting = new Map<string, Waiting>();

  constructor(ask: (blockId: string, format: PictureFormat) => void) {
    this.#ask = ask;
  }

  /** The file's bytes. A second request for a chart replaces the first. */
  request(blockId: string, format: PictureFormat): Promise<Uint8Array> {
    this.#fail(blockId, l10n.t('The chart was asked for again.'));
    return new Promise((resolve, reject) => {
      this.#waiting.set(blockId, { resolve, reject });
      this.#ask(blockId, format);
    });
  }

  answer({ blockId, base64, failure }: Answer): void {
    if (base64 === undefined) {
      this.#fail(blockId, failure ?? l10n.t('The chart could not be drawn.'));
      return;
    }
    this.#waiting.get(blockId)?.resolve(Buffer.from(base64, 'base64'));
    this.#waiting.delete(blockId);
  }

  dispose(): void {
    for (const blockId of [...this.#waiting.keys()]) {
      this.#fail(blockId, l10n.t('The report was closed.'));
    }
  }

  #fail(blockId: string, message: string): void {
    this.#waiting.get(blockId)?.reject(new Error(message));
    this.#waiting.delete(blockId);
  }
}
