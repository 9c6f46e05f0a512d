import { config } from '@vscode/l10n';
import { onThemeChange } from '../shared/theme.mjs';
import type { CellChart, FromRenderer, NotebookResult, OutputMetadata, ToRenderer } from './notebookResult';
import { ResultView } from './resultView.mjs';

/** The parts of VS Code's renderer API that are used. */
interface RendererContext {
  getState(): unknown;
  setState(state: RendererState): void;
  readonly postMessage?: (message: FromRenderer) => void;
  readonly onDidReceiveMessage?: (listener: (message: unknown) => void) => { dispose(): void };
}

interface OutputItem {
  readonly id: string;
  readonly metadata?: unknown;
  json(): unknown;
}

interface Renderer {
  renderOutputItem(item: OutputItem, place: HTMLElement): void;
  disposeOutputItem(id?: string): void;
}

/** Charts that were chosen since an output was made, by its id: its own metadata never changes. */
interface RendererState {
  readonly charts: Readonly<Record<string, CellChart>>;
}

/** Words of another language come by message; who does not get them in time reads English. */
const WORDS_MS = 1000;

/** VS Code calls this once for a notebook. */
export async function activate(context: RendererContext): Promise<Renderer> {
  addStyles();
  await useLanguage(context);
  const views = new Map<string, ResultView>();
  onThemeChange(() => views.forEach((view) => view.followTheme()));
  return {
    renderOutputItem: (item, place) => {
      views.get(item.id)?.dispose();
      const { outputId, statement, chart } = item.metadata as OutputMetadata;
      const view = new ResultView({
        result: item.json() as NotebookResult,
        statement,
        chart: chartsOf(context)[outputId] ?? chart,
        onChart: (changed) => {
          context.setState({ charts: { ...chartsOf(context), [outputId]: changed } });
          context.postMessage?.({ type: 'chart', outputId, chart: changed });
        },
        copy: (text) => context.postMessage?.({ type: 'copy', text }),
      });
      views.set(item.id, view);
      place.replaceChildren(view.element);
    },
    disposeOutputItem: (id) => {
      for (const [known, view] of [...views]) {
        if (id === undefined || id === known) {
          view.dispose();
          views.delete(known);
        }
      }
    },
  };
}

function chartsOf(context: RendererContext): RendererState['charts'] {
  return (context.getState() as RendererState | undefined)?.charts ?? {};
}

/** All renderers share a page: every rule of ours is below a class of ours. */
function addStyles(): void {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = new URL('notebook.css', import.meta.url).href;
  document.head.append(link);
}

function useLanguage({ postMessage, onDidReceiveMessage }: RendererContext): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(resolve, WORDS_MS);
    const listening = onDidReceiveMessage?.((message) => {
      const { contents } = message as ToRenderer;
      if (contents !== undefined) {
        config({ contents: contents as Record<string, string> });
      }
      listening?.dispose();
      clearTimeout(late);
      resolve();
    });
    postMessage?.({ type: 'words' });
  });
}
