import { connect } from '../shared/host.mjs';
import { RESULTS_PROTOCOL, type ToExtension, type ToPage } from './protocol';
import { ResultsPage } from './resultsPage.mjs';
import { parseSavedState } from './savedState';

const { root, api } = connect<ToExtension, unknown>();
let saved = parseSavedState(api.getState());
const page = new ResultsPage(root, {
  post: (message) => api.postMessage(message),
  saved: () => saved,
  save: (state) => {
    saved = state;
    api.setState(state);
  },
});

window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
  switch (data.type) {
    case 'state':
      // A page kept from before an update would misread the state: it waits to be loaded anew.
      if (data.version === RESULTS_PROTOCOL) {
        page.show(data.state);
      }
      break;
    case 'rows':
      page.putRows(data.resultId, data.offset, data.columns);
      break;
    case 'copied':
      page.announce(data.message);
      break;
  }
});
api.postMessage({ type: 'ready' });
