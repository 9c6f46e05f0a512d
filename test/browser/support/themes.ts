/** What VS Code gives a webview of its colour theme: a class of `<body>`, and variables in the style of `<html>`. */
export interface Theme {
  readonly classes: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** Colours of VS Code's own themes, by name without `--vscode-`. */
type Colours = Readonly<Record<string, string>>;

const FONTS: Colours = {
  'font-family': 'system-ui, "Liberation Sans", sans-serif',
  'font-size': '13px',
  'font-weight': 'normal',
  'editor-font-family': '"Liberation Mono", monospace',
  'editor-font-size': '14px',
};

const DARK: Colours = {
  'editor-background': '#1f1f1f',
  foreground: '#cccccc',
  descriptionForeground: '#9d9d9d',
  'menu-selectionBackground': '#0078d4',
  'menu-selectionForeground': '#ffffff',
  'widget-border': '#313131',
  'widget-shadow': 'rgba(0, 0, 0, 0.36)',
  focusBorder: '#0078d4',
  errorForeground: '#f85149',
  'textLink-foreground': '#4daafc',
  'textCodeBlock-background': '#2b2b2b',
  'list-hoverBackground': '#2a2d2e',
  'badge-background': '#616161',
  'badge-foreground': '#f8f8f8',
  'button-background': '#0078d4',
  'button-foreground': '#ffffff',
  'button-secondaryBackground': '#313131',
  'button-secondaryForeground': '#cccccc',
  'dropdown-background': '#313131',
  'dropdown-border': '#3c3c3c',
  'dropdown-foreground': '#cccccc',
  'input-background': '#313131',
  'input-foreground': '#cccccc',
  'editorWidget-background': '#202020',
  'editorHoverWidget-background': '#202020',
  'editorHoverWidget-foreground': '#cccccc',
  'editorHoverWidget-border': '#454545',
  'progressBar-background': '#0078d4',
  'charts-foreground': '#cccccc',
  'charts-blue': '#3794ff',
  'charts-purple': '#b180d7',
  'charts-green': '#89d185',
  'charts-red': '#f14c4c',
  'charts-yellow': '#cca700',
};

const LIGHT: Colours = {
  'editor-background': '#ffffff',
  foreground: '#3b3b3b',
  descriptionForeground: '#3b3b3b',
  'menu-selectionBackground': '#005fb8',
  'menu-selectionForeground': '#ffffff',
  'widget-border': '#e5e5e5',
  'widget-shadow': 'rgba(0, 0, 0, 0.16)',
  focusBorder: '#005fb8',
  errorForeground: '#c72e0f',
  'textLink-foreground': '#005fb8',
  'textCodeBlock-background': '#f8f8f8',
  'list-hoverBackground': '#f2f2f2',
  'badge-background': '#cccccc',
  'badge-foreground': '#3b3b3b',
  'button-background': '#005fb8',
  'button-foreground': '#ffffff',
  'button-secondaryBackground': '#e5e5e5',
  'button-secondaryForeground': '#3b3b3b',
  'dropdown-background': '#ffffff',
  'dropdown-border': '#cecece',
  'dropdown-foreground': '#3b3b3b',
  'input-background': '#ffffff',
  'input-foreground': '#3b3b3b',
  'editorWidget-background': '#f8f8f8',
  'editorHoverWidget-background': '#f8f8f8',
  'editorHoverWidget-foreground': '#3b3b3b',
  'editorHoverWidget-border': '#c8c8c8',
  'progressBar-background': '#005fb8',
  'charts-foreground': '#3b3b3b',
  'charts-blue': '#1a85ff',
  'charts-purple': '#652d90',
  'charts-green': '#388a34',
  'charts-red': '#e51400',
  'charts-yellow': '#bf8803',
};

const CONTRAST_DARK: Colours = {
  'editor-background': '#000000',
  foreground: '#ffffff',
  descriptionForeground: 'rgba(255, 255, 255, 0.7)',
  contrastBorder: '#6fc3df',
  contrastActiveBorder: '#f38518',
  focusBorder: '#f38518',
  errorForeground: '#f48771',
  'textLink-foreground': '#21a6ff',
  'textCodeBlock-background': '#000000',
  'badge-background': '#000000',
  'badge-foreground': '#ffffff',
  'button-background': '#000000',
  'button-foreground': '#ffffff',
  'button-border': '#6fc3df',
  'button-secondaryForeground': '#ffffff',
  'dropdown-background': '#000000',
  'dropdown-border': '#6fc3df',
  'dropdown-foreground': '#ffffff',
  'input-background': '#000000',
  'input-foreground': '#ffffff',
  'input-border': '#6fc3df',
  'editorWidget-background': '#0c141f',
  'editorHoverWidget-background': '#0c141f',
  'editorHoverWidget-foreground': '#ffffff',
  'editorHoverWidget-border': '#6fc3df',
  'progressBar-background': '#6fc3df',
  'charts-foreground': '#ffffff',
  'charts-blue': '#3794ff',
  'charts-purple': '#b180d7',
  'charts-green': '#89d185',
  'charts-red': '#f48771',
  'charts-yellow': '#cca700',
};

const CONTRAST_LIGHT: Colours = {
  'editor-background': '#ffffff',
  foreground: '#292929',
  descriptionForeground: 'rgba(41, 41, 41, 0.7)',
  contrastBorder: '#0f4a85',
  contrastActiveBorder: '#006bbd',
  focusBorder: '#006bbd',
  errorForeground: '#b5200d',
  'textLink-foreground': '#0f4a85',
  'textCodeBlock-background': '#f2f2f2',
  'list-hoverBackground': 'rgba(15, 74, 133, 0.1)',
  'badge-background': '#0f4a85',
  'badge-foreground': '#ffffff',
  'button-background': '#0f4a85',
  'button-foreground': '#ffffff',
  'button-secondaryBackground': '#ffffff',
  'button-secondaryForeground': '#292929',
  'dropdown-background': '#ffffff',
  'dropdown-border': '#0f4a85',
  'dropdown-foreground': '#292929',
  'input-background': '#ffffff',
  'input-foreground': '#292929',
  'input-border': '#0f4a85',
  'editorWidget-background': '#ffffff',
  'editorHoverWidget-background': '#ffffff',
  'editorHoverWidget-foreground': '#292929',
  'editorHoverWidget-border': '#0f4a85',
  'progressBar-background': '#0f4a85',
  'charts-foreground': '#292929',
  'charts-blue': '#0f4a85',
  'charts-purple': '#652d90',
  'charts-green': '#374e06',
  'charts-red': '#b5200d',
  'charts-yellow': '#895503',
};

function theme(classes: string, colours: Colours): Theme {
  const variables = Object.entries({ ...FONTS, ...colours });
  return {
    classes,
    variables: Object.fromEntries(variables.map(([name, value]) => [`--vscode-${name}`, value])),
  };
}

/** VS Code's kinds of theme; a light one of high contrast carries the class of the dark one as well. */
export const THEMES = {
  light: theme('vscode-light', LIGHT),
  dark: theme('vscode-dark', DARK),
  contrastDark: theme('vscode-high-contrast', CONTRAST_DARK),
  contrastLight: theme('vscode-high-contrast vscode-high-contrast-light', CONTRAST_LIGHT),
} as const;

export type ThemeName = keyof typeof THEMES;
