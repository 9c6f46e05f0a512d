import { connect, isMessage } from '../shared/host.mjs';
import { onThemeChange } from '../shared/theme.mjs';
import { KeptScroll } from './keptScroll.mjs';
import { REPORT_PROTOCOL, type ToExtension, type ToPage } from './protocol';
import { ReportPage } from './reportPage.mjs';
import type { SavedPage } from './savedPage';
import { scrollTopOf } from './savedPage';

const { root, api } = connect<ToExtension, SavedPage>();
let saved: SavedPage | undefined;
const scroll = new KeptScroll(scrollTopOf(api.getState()), (scrollTop) => {
  if (saved !== undefined) {
    saved = { ...saved, scrollTop };
    api.setState(saved);
  }
});
const page = new ReportPage(root, {
  post: (message) => api.postMessage(message),
  save: (settings) => {
    saved = { ...settings, scrollTop: scroll.top };
    api.setState(saved);
  },
  onShown: () => scroll.restore(),
});

/** A page kept from before an update would misread what comes: it waits to be loaded anew. */
let isUnderstood = false;

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (!isMessage<ToPage>(data, ['state', 'part', 'end', 'picture', 'said'])) {
    return;
  }
  if (data.type === 'state') {
    isUnderstood = data.version === REPORT_PROTOCOL;
  }
  if (isUnderstood) {
    receive(data);
  }
});

function receive(message: ToPage): void {
  switch (message.type) {
    case 'state':
      page.show(message);
      break;
    case 'part':
      page.showPart(message.part);
      break;
    case 'end':
      page.showEnd(message.end);
      break;
    case 'picture':
      void page.sendPicture(message.blockId, message.format);
      break;
    case 'said':
      page.announce(message.message);
      break;
  }
}

onThemeChange(({ hasOtherFont }) => page.followTheme(hasOtherFont));
api.postMessage({ type: 'ready' });
