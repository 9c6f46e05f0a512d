import { ChartPane } from './chartPane.mjs';
import type { PageHost } from './pageHost';
import type { ChartData, ResultHeader } from './protocol';
import { withChart, type ChartState } from './savedState';

export interface ShownChartHost extends PageHost {
  /** The chart has come or gone; `isClosed`: by its own button. */
  readonly chartChanged: (isClosed: boolean) => void;
}

/** The chart of the result that is shown, where its reader wished for one. */
export class ShownChart {
  readonly #host: ShownChartHost;
  #header: ResultHeader | undefined;
  #pane: ChartPane | undefined;

  constructor(host: ShownChartHost) {
    this.#host = host;
  }

  /** Undefined while there is no chart. */
  get element(): HTMLElement | undefined {
    return this.#pane?.element;
  }

  show(header: ResultHeader | undefined): void {
    this.#header = header;
    const wished = this.#host.saved().charts.find(({ resultId }) => resultId === header?.id);
    if (header !== undefined && wished !== undefined && this.#pane?.resultId === header.id) {
      this.#pane.follow(header);
      return;
    }
    this.#pane?.dispose();
    this.#pane = header === undefined || wished === undefined ? undefined : this.#drawn(header, wished);
  }

  /** Shows the chart, or takes it away; a result without columns has none. */
  toggle(isClosed = false): void {
    const header = this.#header;
    if (header !== undefined && header.columns.length > 0) {
      this.#save(header.id, this.#pane === undefined ? { resultId: header.id } : undefined);
      this.show(header);
      this.#host.chartChanged(isClosed);
    }
  }

  putData(data: ChartData): void {
    this.#pane?.putData(data);
  }

  useSpec(resultId: string, text: string): void {
    if (resultId === this.#header?.id) {
      this.#pane?.useSpec(text);
    } else {
      this.#save(resultId, { resultId, spec: text });
    }
  }

  redraw(): void {
    this.#pane?.redraw();
  }

  #drawn(header: ResultHeader, wished: ChartState): ChartPane {
    return new ChartPane(header, wished, {
      requestData: (resultId) => this.#host.post({ type: 'chartData', resultId }),
      editSpec: (resultId, text) => this.#host.post({ type: 'editSpec', resultId, text }),
      savePicture: (title, format, base64) => this.#host.post({ type: 'picture', title, format, base64 }),
      changed: (state) => this.#save(header.id, state),
      close: () => this.toggle(true),
    });
  }

  #save(resultId: string, chart: ChartState | undefined): void {
    this.#host.save(withChart(this.#host.saved(), resultId, chart));
  }
}
