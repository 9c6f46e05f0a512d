// The only file that knows the toolkit: it defines the toolbar's elements under names of our own (see controls.mts),
// so that another set of components can take its place here alone.
import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeProgressRing,
} from '@vscode/webview-ui-toolkit';

provideVSCodeDesignSystem()
  .withPrefix('ow')
  .register(vsCodeButton(), vsCodeDropdown(), vsCodeOption(), vsCodeProgressRing());
