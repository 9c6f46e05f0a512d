import { createRequire } from 'node:module';
import type * as HtmlExport from './htmlExport';

/**
 * Loads the HTML export, which carries Vega, when it is first needed: in the product it is the bundle `htmlExport.js`
 * beside the caller's own.
 */
export function loadHtmlExport(): typeof HtmlExport {
  return createRequire(__filename)('./htmlExport.js') as typeof HtmlExport;
}
