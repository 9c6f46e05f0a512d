import * as l10n from '@vscode/l10n';
import { delimitedLines, TSV } from '../../reports/export/csv';
import { markdownLines } from '../../reports/export/resultMarkdown';
import { chooseChart, type ChartChoice, type ChartColumn } from '../shared/charts/chooseChart';
import { columnRole } from '../shared/charts/columnRole';
import { quietButton } from '../shared/controls.mjs';
import { element, showText } from '../shared/dom.mjs';
import { ChartControls } from './chartControls.mjs';
import { fromWire, resultSetOf, type CellChart, type NotebookResult } from './notebookResult';
import { ResultChartView } from './resultChartView.mjs';
import { ResultTable } from './resultTable.mjs';
import { countWords, limitWords, summaryWords } from './resultWords';

export interface ResultViewOptions {
  readonly result: NotebookResult;
  /** Number of the statement in its cell. */
  readonly statement: number;
  /** As it was chosen before. */
  readonly chart: CellChart | undefined;
  /** The person wants another chart, or the table instead of it. */
  readonly onChart: (chart: CellChart) => void;
  readonly copy: (text: string) => void;
}

/** One result in the output of a cell: its table, or a chart of it. */
export class ResultView {
  readonly element = element('div', { className: 'ow-result' });
  readonly #options: ResultViewOptions;
  readonly #columns: readonly ChartColumn[];
  readonly #limit = element('p', { className: 'note' });
  readonly #said = element('span', { className: 'said', attributes: { role: 'status' } });
  readonly #place = element('div');
  readonly #buttons: Readonly<Record<'table' | 'chart', HTMLButtonElement>>;
  #choice: ChartChoice | undefined;
  #table: ResultTable | undefined;
  #chart: ResultChartView | undefined;

  constructor(options: ResultViewOptions) {
    this.#options = options;
    const { result, chart } = options;
    this.#columns = result.columns.map((name, index) => ({
      name,
      role: columnRole(name, valuesOf(result, index)),
    }));
    this.#choice = chart ?? chooseChart(this.#columns);
    this.#buttons = {
      table: quietButton({ label: l10n.t('Table'), onClick: () => this.#turn(false) }),
      chart: quietButton({ label: l10n.t('Chart'), onClick: () => this.#turn(true) }),
    };
    this.element.append(this.#bar(), this.#limit, this.#place);
    if (result.columns.length > 0) {
      this.#show(chart !== undefined && chart.isHidden !== true);
    }
  }

  /** Draws the chart again in the colours of another theme. */
  followTheme(): void {
    if (this.#chart !== undefined && this.#choice !== undefined) {
      void this.#chart.show(this.#choice);
    }
  }

  dispose(): void {
    this.#chart?.dispose();
  }

  #bar(): HTMLElement {
    const { result } = this.#options;
    const hasRows = result.rows.length > 0;
    return element(
      'div',
      { className: 'bar' },
      element('span', { className: 'summary', text: summaryWords(result) }),
      result.isDemo === true ? element('span', { className: 'badge', text: l10n.t('Demo') }) : undefined,
      hasRows && this.#choice !== undefined
        ? element(
            'div',
            { className: 'views', attributes: { role: 'group', 'aria-label': l10n.t('Show as') } },
            this.#buttons.table,
            this.#buttons.chart,
          )
        : undefined,
      ...(hasRows
        ? [
            quietButton({ label: l10n.t('Copy as TSV'), onClick: () => this.#copy('tsv') }),
            quietButton({ label: l10n.t('Copy as Markdown'), onClick: () => this.#copy('markdown') }),
          ]
        : []),
      this.#said,
    );
  }

  #turn(isChart: boolean): void {
    this.#show(isChart);
    if (this.#choice !== undefined) {
      this.#keep(this.#choice, !isChart);
    }
  }

  #show(isChart: boolean): void {
    this.#buttons.table.setAttribute('aria-pressed', String(!isChart));
    this.#buttons.chart.setAttribute('aria-pressed', String(isChart));
    showText(this.#limit, limitWords(this.#options.result, isChart));
    this.#chart?.dispose();
    this.#chart = undefined;
    if (isChart && this.#choice !== undefined) {
      this.#showChart(this.#choice);
      return;
    }
    const { result, statement } = this.#options;
    this.#table ??= new ResultTable(result, l10n.t('Result {0}', statement));
    this.#place.replaceChildren(this.#table.element);
  }

  #showChart(choice: ChartChoice): void {
    const { result } = this.#options;
    const chart = new ResultChartView(this.#columns, {
      names: result.columns,
      rows: result.rows.map((row) => row.map(fromWire)),
    });
    const controls = new ChartControls(this.#columns, choice, (changed) => {
      this.#choice = changed;
      this.#keep(changed, false);
      void chart.show(changed);
    });
    this.#chart = chart;
    this.#place.replaceChildren(controls.element, chart.element);
    void chart.show(choice);
  }

  #keep({ mark, x, y, split }: ChartChoice, isHidden: boolean): void {
    const { statement, onChart } = this.#options;
    onChart({
      statement,
      mark,
      x,
      y,
      ...(split === undefined ? {} : { split }),
      ...(isHidden ? { isHidden } : {}),
    });
  }

  #copy(format: 'tsv' | 'markdown'): void {
    const { result, copy } = this.#options;
    const whole = resultSetOf(result);
    const lines = format === 'tsv' ? delimitedLines(whole, TSV) : markdownLines(whole, true);
    copy([...lines].join(''));
    this.#said.textContent =
      result.rows.length === 1
        ? l10n.t('Copied 1 row.')
        : l10n.t('Copied {0} rows.', countWords(result.rows.length));
  }
}

function* valuesOf({ rows }: NotebookResult, column: number) {
  for (const row of rows) {
    yield fromWire(row[column] ?? null);
  }
}
