import * as l10n from '@vscode/l10n';
import { chartPoints, type ChartPoints, type ChartTable } from '../shared/charts/chartPoints';
import { fits, type ChartChoice, type ChartColumn } from '../shared/charts/chooseChart';
import { resultChart } from '../shared/charts/resultChart';
import { element, showText } from '../shared/dom.mjs';
import { loadCharts } from './resultCharts.mjs';
import { countWords, markWords } from './resultWords';

/** The picture of a result, with what it leaves out in words. */
export class ResultChartView {
  readonly element = element('div', { className: 'chart' });
  readonly #columns: readonly ChartColumn[];
  readonly #table: ChartTable;
  readonly #picture = element('div', { className: 'picture' });
  readonly #note = element('p', { className: 'note' });
  #takeAway = (): void => undefined;
  /** Told apart from drawings that were asked for later. */
  #drawing = 0;

  constructor(columns: readonly ChartColumn[], table: ChartTable) {
    this.#columns = columns;
    this.#table = table;
    this.element.append(this.#picture, this.#note);
  }

  /** Draws; the old picture stays until the new one is there. */
  async show(choice: ChartChoice): Promise<void> {
    this.#drawing += 1;
    const drawing = this.#drawing;
    if (!fits(choice, this.#columns)) {
      this.#say(l10n.t('The chart of this cell draws columns that the result no longer has. Choose others.'));
      return;
    }
    const points = chartPoints(choice, this.#table);
    if (points.points.length === 0) {
      this.#say(l10n.t('Nothing to draw: these columns hold no number.'));
      return;
    }
    const host = element('div', { className: 'canvas pending' });
    try {
      const charts = await loadCharts();
      if (drawing !== this.#drawing) {
        return;
      }
      this.#picture.append(host);
      const takeAway = await charts.draw(host, { ...this.#spec(choice, points), title: '' });
      if (drawing !== this.#drawing) {
        takeAway();
        host.remove();
        return;
      }
      this.#takeAway();
      this.#takeAway = takeAway;
      host.classList.remove('pending');
      host.querySelector('svg, canvas')?.setAttribute('aria-hidden', 'true');
      this.#picture.setAttribute('role', 'img');
      this.#picture.setAttribute('aria-label', describe(choice, points));
      this.#picture.replaceChildren(host);
      showText(this.#note, notesOf(points));
    } catch (error) {
      host.remove();
      this.#say(
        l10n.t('This chart cannot be drawn: {0}', error instanceof Error ? error.message : String(error)),
      );
    }
  }

  dispose(): void {
    this.#drawing += 1;
    this.#takeAway();
  }

  #spec(choice: ChartChoice, points: ChartPoints) {
    const role = this.#columns.find(({ name }) => name === choice.x)?.role ?? 'name';
    const [only] = choice.y;
    const value = choice.y.length === 1 && only !== undefined ? only : null;
    return resultChart(choice, role, points, {
      x: choice.x,
      y: value !== null && points.isSum ? l10n.t('Sum of {0}', value) : value,
      series: choice.split ?? l10n.t('Value'),
    });
  }

  #say(words: string): void {
    this.#takeAway();
    this.#takeAway = () => undefined;
    // Readers take an image as one thing and would not read the words in it.
    this.#picture.removeAttribute('role');
    this.#picture.removeAttribute('aria-label');
    this.#picture.replaceChildren(
      element('p', { className: 'failure', text: words, attributes: { role: 'status' } }),
    );
    showText(this.#note, undefined);
  }
}

/** For those who do not see the picture: "Bars: turns by name. 12 of them; the largest is 90, Ada." */
function describe({ mark, x, y, split }: ChartChoice, { points, labels }: ChartPoints): string {
  const values = y.join(', ');
  const what =
    split === undefined
      ? l10n.t('{0}: {1} by {2}.', markWords(mark), values, x)
      : l10n.t('{0}: {1} by {2} and {3}.', markWords(mark), values, x, split);
  const largest = points.reduce((most, point) => (point.value > most.value ? point : most));
  return [
    what,
    l10n.t(
      '{0} of them; the largest is {1}, {2}.',
      countWords(labels.length),
      countWords(largest.value),
      largest.label,
    ),
  ].join(' ');
}

function notesOf({ labels, totalLabels, series, totalSeries, isSum }: ChartPoints): string {
  return [
    ...(labels.length < totalLabels
      ? [l10n.t('The first {0} of {1} are drawn.', countWords(labels.length), countWords(totalLabels))]
      : []),
    ...(series.length < totalSeries
      ? [l10n.t('The {0} largest of {1} series are drawn.', series.length, countWords(totalSeries))]
      : []),
    ...(isSum ? [l10n.t('Rows of the same place are added up.')] : []),
  ].join(' ');
}
