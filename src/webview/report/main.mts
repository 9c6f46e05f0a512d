import { onFontChange } from '../shared/theme.mjs';
import { REPORT_PROTOCOL, type ReportSelection, type ToExtension, type ToPage } from './protocol';
import { ReportPage } from './reportPage.mjs';

/** The part of VS Code's webview API that this page uses. */
interface VsCodeApi {
  postMessage(message: ToExtension): void;
  setState(state: ReportSelection): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

const root = document.getElementById('app');
if (root === null) {
  throw new Error('The page has no element "app".');
}
const api = acquireVsCodeApi();
const page = new ReportPage(root, (message) => api.postMessage(message));

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (!isToPage(data)) {
    return;
  }
  switch (data.type) {
    case 'state':
      // A page kept from before an update would misread the state: it waits to be loaded anew.
      if (data.version === REPORT_PROTOCOL) {
        // What a restart of the editor restores the tab from.
        api.setState(data.selection);
        page.show(data);
      }
      break;
    case 'said':
      page.announce(data.message);
      break;
  }
});
onFontChange(() => page.redraw());
api.postMessage({ type: 'ready' });

/** Frames and other extensions may post to a page as well. */
function isToPage(data: unknown): data is ToPage {
  return (
    typeof data === 'object' &&
    data !== null &&
    'type' in data &&
    (data.type === 'state' || data.type === 'said')
  );
}
