import { connect, isMessage } from '../shared/host.mjs';
import { onFontChange } from '../shared/theme.mjs';
import { REPORT_PROTOCOL, type ReportSelection, type ToExtension, type ToPage } from './protocol';
import { ReportPage } from './reportPage.mjs';

const { root, api } = connect<ToExtension, ReportSelection>();
const page = new ReportPage(root, (message) => api.postMessage(message));

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (!isMessage<ToPage>(data, ['state', 'said'])) {
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
