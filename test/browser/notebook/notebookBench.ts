import type {
  CellChart,
  FromRenderer,
  NotebookResult,
  ToRenderer,
} from '../../../src/webview/notebook/notebookResult';
import { eventually } from '../../e2e/support/eventually';
import type { Bench, WebviewPage } from '../support/bench';
import type { PageAddress } from '../support/webviewServer';

/** An output that the page shows, as VS Code hands it to the renderer. */
export interface ShownOutput {
  readonly id: string;
  readonly result: NotebookResult;
  readonly statement?: number;
  readonly chart?: CellChart;
}

type ToHarness =
  | { readonly type: 'render'; readonly output: ShownOutput }
  | { readonly type: 'dispose'; readonly id: string };
type FromHarness = FromRenderer | { readonly type: 'ready' };
export type NotebookPage = WebviewPage<ToHarness, FromHarness>;

/** VS Code's policy for notebooks with `notebook.experimental.enableCsp`, but without its leave for scripts in the page and code made from text. */
function html(origin: string): string {
  const policy = `default-src 'none'; script-src ${origin}; style-src ${origin} 'unsafe-inline'; img-src ${origin} https: data:; font-src ${origin}`;
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Notebook</title>
<meta http-equiv="Content-Security-Policy" content="${policy}">
<style>body { margin: 0; font: var(--vscode-font-size) var(--vscode-font-family); background: var(--vscode-editor-background); color: var(--vscode-foreground); }
main { padding: 12px 24px; }</style></head>
<body><script src="/stub.js"></script><main id="outputs"></main><script type="module" src="/harness.js"></script></body></html>`;
}

/** VS Code's side of a renderer. */
function harness(words: ToRenderer): string {
  return `import { activate } from '/notebook.js';
const api = acquireVsCodeApi();
const listeners = new Set();
const renderer = await activate({
  getState: () => api.getState(),
  setState: (state) => api.setState(state),
  postMessage: (message) => {
    api.postMessage(message);
    if (message.type === 'words') {
      queueMicrotask(() => listeners.forEach((listener) => listener(${JSON.stringify(words)})));
    }
  },
  onDidReceiveMessage: (listener) => {
    listeners.add(listener);
    return { dispose: () => listeners.delete(listener) };
  },
});
const places = new Map();
window.addEventListener('message', ({ data }) => {
  if (data.type === 'dispose') {
    renderer.disposeOutputItem(data.id);
    places.get(data.id).remove();
  } else if (data.type === 'render') {
    const { id, result, statement = 1, chart } = data.output;
    const place = places.get(id) ?? document.createElement('div');
    places.set(id, place);
    document.querySelector('main').append(place);
    const metadata = { outputId: 'of-' + id, statement, chart };
    renderer.renderOutputItem({ id, metadata, json: () => result }, place);
  }
});
api.postMessage({ type: 'ready' });`;
}

/** Opens a notebook's page with our renderer. */
export async function openNotebookPage(
  bench: Bench,
  {
    words = {},
    ...address
  }: Partial<PageAddress> & { readonly words?: Readonly<Record<string, string>> } = {},
): Promise<NotebookPage> {
  const page = await bench.open<ToHarness, FromHarness>(
    {
      scripts: [],
      styles: [],
      theme: 'dark',
      surroundings: { html, scripts: { 'harness.js': harness({ type: 'words', contents: words }) } },
      ...address,
    },
    { width: 900, height: 700 },
  );
  await eventually(
    async () => (await page.posted()).some(({ type }) => type === 'ready'),
    'the renderer to be active',
  );
  return page;
}

export async function show(page: NotebookPage, ...outputs: readonly ShownOutput[]): Promise<void> {
  await page.send(...outputs.map((output) => ({ type: 'render' as const, output })));
  await eventually(
    async () => (await page.frame.locator('.ow-result').count()) >= outputs.length,
    'every output to be shown',
  );
}

export async function drawn({ frame }: NotebookPage, count = 1): Promise<void> {
  await eventually(
    async () => (await frame.locator('.picture .canvas:not(.pending) :is(svg, canvas)').count()) === count,
    'every chart to be drawn',
  );
}
