import { connect, isMessage } from '../shared/host.mjs';
import { onThemeChange } from '../shared/theme.mjs';
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

/** A page kept from before an update would misread what comes: it waits to be loaded anew. */
let isUnderstood = false;

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (!isMessage<ToPage>(data, ['state', 'rows', 'said', 'chartData', 'spec', 'do'])) {
    return;
  }
  if (data.type === 'state') {
    isUnderstood = data.version === RESULTS_PROTOCOL;
  }
  if (isUnderstood) {
    receive(data);
  }
});

function receive(message: ToPage): void {
  switch (message.type) {
    case 'state':
      page.show(message.state);
      break;
    case 'rows':
      page.putRows(message.resultId, message.revision, message.offset, message.columns);
      break;
    case 'said':
      page.announce(message.message);
      break;
    case 'chartData':
      page.putChartData(message);
      break;
    case 'spec':
      page.useSpec(message.resultId, message.text);
      break;
    case 'do':
      page.toggleChart();
      break;
  }
}

onThemeChange(() => page.followTheme());
api.postMessage({ type: 'ready' });
