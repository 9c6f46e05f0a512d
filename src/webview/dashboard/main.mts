import { connect, isMessage } from '../shared/host.mjs';
import { onThemeChange } from '../shared/theme.mjs';
import { DashboardPage } from './dashboardPage.mjs';
import { DASHBOARD_PROTOCOL, type SavedDashboard, type ToExtension, type ToPage } from './protocol';

const { root, api } = connect<ToExtension, SavedDashboard>();
const page = new DashboardPage(root, {
  post: (message) => api.postMessage(message),
  // Also where nothing is picked: a tab without a state of its own is not restored after a restart of the editor.
  save: (state) => api.setState(state),
});

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  // A page kept from before an update would misread the state: it waits to be loaded anew.
  if (isMessage<ToPage>(data, ['state']) && data.version === DASHBOARD_PROTOCOL) {
    page.show(data.state);
  }
});

onThemeChange(({ hasOtherFont }) => page.followTheme(hasOtherFont));
api.postMessage({ type: 'ready' });
