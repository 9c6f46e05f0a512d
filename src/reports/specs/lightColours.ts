/** Colours on white by CSS variable: of exported pages, of print, and of pictures of charts. Series keep 3:1 to white. */
export const LIGHT_COLOURS: Readonly<Record<`--ow-${string}`, string>> = {
  '--ow-background': '#ffffff',
  '--ow-panel': '#ffffff',
  '--ow-foreground': '#1f2328',
  '--ow-muted': '#59636e',
  '--ow-border': '#d8dee4',
  '--ow-grid': '#e7ebef',
  '--ow-mark-edge': 'rgb(31 35 40 / 35%)',
  '--ow-series-1': '#1a66c2',
  '--ow-series-2': '#7a3fb5',
  '--ow-series-3': '#2f7d32',
  '--ow-series-4': '#c62828',
  '--ow-series-5': '#a86c00',
  '--ow-series-6': '#00796b',
  '--ow-series-7': '#b4236f',
  '--ow-series-8': '#795548',
  '--ow-series-others': '#8a8f98',
};
