import { LIGHT_COLOURS } from '../specs/lightColours';
import { EXPORT_FONT } from './chartSvg';

const LIGHT = Object.entries(LIGHT_COLOURS)
  .map(([name, colour]) => `${name}: ${colour};`)
  .join(' ');

const DARK = `
  --ow-background: #16191d; --ow-panel: #1c2025; --ow-foreground: #e4e8ec; --ow-muted: #9aa4af; --ow-border: #343b43;
  --ow-grid: #2b3138; --ow-mark-edge: transparent;
  --ow-series-1: #5aa7ff; --ow-series-2: #b48ef0; --ow-series-3: #6ccb73; --ow-series-4: #f27d7d;
  --ow-series-5: #e2c04c; --ow-series-6: #4dc4b8; --ow-series-7: #f08cc0; --ow-series-8: #c9a592;
  --ow-series-others: #7d838c;`;

/** The one style of an exported page: light and dark by the reader's choice, always light on paper. */
export const EXPORT_STYLE = `
:root { color-scheme: light dark; ${LIGHT} }
@media (prefers-color-scheme: dark) { :root { ${DARK} } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ow-background); color: var(--ow-foreground); font: 14px/1.5 ${EXPORT_FONT}; }
main { max-width: 1160px; margin: 0 auto; padding: 32px 24px 64px; }
h1 { margin: 0; font-size: 28px; line-height: 1.2; }
h2 { margin: 40px 0 12px; font-size: 19px; }
h3 { margin: 0; font-size: 15px; }
p { margin: 0; }
.muted, .meta { color: var(--ow-muted); }
.meta { display: flex; flex-wrap: wrap; gap: 2px 20px; margin: 8px 0 0; font-size: 13px; }
.meta dt, .meta dd { display: inline; font-weight: 400; }
.meta dt::after { content: ':'; }
.sentences { margin: 12px 0 0; padding: 0; list-style: none; }
.sentences > li { margin: 6px 0; padding-left: 10px; border-left: 3px solid var(--ow-border); }
.sentences > li.alert { border-color: var(--ow-series-4); }
.sentences > li.notable { border-color: var(--ow-series-1); }
.sentences ul { margin: 2px 0 0; padding-left: 18px; color: var(--ow-muted); font-size: 13px; }
.tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(200px, 1fr)); gap: 12px; }
.tile, figure, .table, details.block { border: 1px solid var(--ow-border); border-radius: 8px; background: var(--ow-panel); }
.tile { padding: 14px 16px; }
.tile .title { color: var(--ow-muted); font-size: 13px; }
.tile .value { font-size: 27px; font-weight: 600; line-height: 1.25; font-variant-numeric: tabular-nums; }
.tile .change, .tile .note { font-size: 12px; color: var(--ow-muted); }
.grid { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 16px; }
.wide { grid-column: 1 / -1; }
figure { margin: 0; padding: 16px; break-inside: avoid; }
figcaption { margin-bottom: 12px; }
figcaption p, .table p { color: var(--ow-muted); font-size: 13px; }
figure svg { display: block; width: 100%; height: auto; overflow: visible; }
.table { padding: 16px; }
.scroll { overflow-x: auto; margin-top: 10px; }
table { width: 100%; border-collapse: collapse; font-size: 13px; }
th, td { padding: 5px 10px; border-bottom: 1px solid var(--ow-border); text-align: left; vertical-align: top; white-space: nowrap; }
td.long { min-width: 260px; overflow-wrap: anywhere; white-space: normal; }
th { color: var(--ow-muted); font-weight: 600; white-space: nowrap; }
td.end, th.end { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
tbody tr:last-child td { border-bottom: 0; }
.index dt { font-size: 15px; }
.index a { color: var(--ow-series-1); }
details { margin-top: 10px; font-size: 13px; }
summary { color: var(--ow-muted); cursor: pointer; }
details.block { margin-top: 12px; padding: 10px 16px; }
dt { margin-top: 8px; font-weight: 600; }
dd { margin: 0; color: var(--ow-muted); }
pre { overflow-x: auto; padding: 10px; border: 1px solid var(--ow-border); border-radius: 6px; font-size: 12px; }
.empty { margin-top: 32px; padding: 32px; border: 1px dashed var(--ow-border); border-radius: 8px; text-align: center; }
#tooltip { position: fixed; z-index: 1; max-width: 320px; padding: 8px 10px; border: 1px solid var(--ow-border); border-radius: 6px;
  background: var(--ow-panel); color: var(--ow-foreground); box-shadow: 0 4px 14px rgb(0 0 0 / 20%); font-size: 12px; pointer-events: none; white-space: pre-line; }
#tooltip[hidden] { display: none; }
@media (max-width: 760px) { .grid { grid-template-columns: 1fr; } }
@media print {
  :root { color-scheme: light; ${LIGHT} }
  main { max-width: none; padding: 0; }
  .scroll { overflow: visible; }
  td, th { padding: 3px 5px; font-size: 10px; white-space: normal !important; }
  .tile, tr { break-inside: avoid; }
  h2 { break-after: avoid; }
  details:not([open]) { display: none; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
