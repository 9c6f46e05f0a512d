import * as l10n from '@vscode/l10n';
import { uniqueNames } from '../../reports/export/uniqueNames';
import { chartPoints, type ChartPoints } from '../shared/charts/chartPoints';
import {
  CHART_MARKS,
  chooseChart,
  fits,
  type ChartChoice,
  type ChartMark,
} from '../shared/charts/chooseChart';
import { columnRole, type ColumnRole } from '../shared/charts/columnRole';
import { PLOT_HEIGHT, resultChart, type ResultChart } from '../shared/charts/resultChart';
import { element, showText } from '../shared/dom.mjs';
import { failureInWords, markInWords, partInWords, summaryOf } from './chartWords';
import { picker, secondaryButton as button } from './pageParts.mjs';
import type { DrawnChart } from './chart/chartApi';
import { loadCharts } from './chart/loadCharts.mjs';
import { readSpec, specText } from './chart/specText';
import type { ChartData, PictureFormat, ResultHeader } from './protocol';
import type { ChartState } from './savedState';

export interface ChartPaneHost {
  readonly requestData: (resultId: string) => void;
  readonly editSpec: (resultId: string, text: string) => void;
  readonly savePicture: (title: string, format: PictureFormat, base64: string) => void;
  /** The choice or the spec changed. */
  readonly changed: (state: ChartState) => void;
  readonly close: () => void;
}

/** A column that can be chosen, with its rows' values looked at once. */
interface Column {
  readonly name: string;
  readonly role: ColumnRole;
}

const DEFAULT_WIDTH = 640;
/** Pixels of the lowest plot, and of what stands around it. */
const LEAST_PLOT = 80;
const AROUND_PLOT = 60;

/** The chart of one result with its small toolbar; lives as long as it is shown. */
export class ChartPane {
  readonly element = element('section', { className: 'chart-pane' });
  readonly #host: ChartPaneHost;
  readonly #bar = element('div', { className: 'chart-bar', attributes: { role: 'toolbar' } });
  readonly #picture = element('div', { className: 'picture' });
  readonly #note = element('p', { className: 'note', attributes: { role: 'status' } });
  readonly #mark = picker(l10n.t('Kind'));
  readonly #x = picker(l10n.t('Along'));
  readonly #y = picker(l10n.t('Value'));
  readonly #series = picker(l10n.t('Series'));
  readonly #ownSpec = button(l10n.t('Use Toolbar Again'), () => this.#forgetSpec());
  #header: ResultHeader;
  #state: ChartState;
  #data: ChartData | undefined;
  #columns: readonly Column[] = [];
  #drawn: { readonly chart: DrawnChart; readonly finish: () => void } | undefined;
  #turn = 0;

  constructor(header: ResultHeader, state: ChartState, host: ChartPaneHost) {
    this.#header = header;
    this.#state = state;
    this.#host = host;
    this.element.setAttribute('aria-label', l10n.t('Chart'));
    this.#bar.setAttribute('aria-label', l10n.t('Chart'));
    for (const { select } of [this.#mark, this.#x, this.#y, this.#series]) {
      select.addEventListener('change', () => this.#chosen());
    }
    this.#bar.append(
      ...[this.#mark, this.#x, this.#y, this.#series].map(({ label }) => label),
      this.#ownSpec,
      button(l10n.t('Edit Spec'), () => this.#editSpec()),
      button(l10n.t('Save as SVG'), () => void this.#save('svg')),
      button(l10n.t('Save as PNG'), () => void this.#save('png')),
      button(l10n.t('Close Chart'), () => this.#host.close()),
    );
    this.element.append(this.#bar, this.#picture, this.#note);
    this.#say(l10n.t('Drawing…'));
    host.requestData(header.id);
  }

  get resultId(): string {
    return this.#header.id;
  }

  /** The result has other rows: they are asked for again. */
  follow(header: ResultHeader): void {
    const isSame = header.revision === this.#header.revision;
    this.#header = header;
    if (!isSame) {
      this.#host.requestData(header.id);
    }
  }

  putData(data: ChartData): void {
    if (data.resultId !== this.#header.id || data.revision !== this.#header.revision) {
      return;
    }
    this.#data = data;
    const names = uniqueNames(this.#header.columns.map(({ name }) => name));
    this.#columns = (data.rows[0] ?? []).map((_, index) => ({
      name: names[index] ?? '',
      role: columnRole(
        names[index] ?? '',
        data.rows.map((row) => row[index] ?? null),
      ),
    }));
    void this.#draw();
  }

  /** A spec as its document holds it now. */
  useSpec(text: string): void {
    this.#change({ resultId: this.#header.id, choice: this.#state.choice, spec: text });
  }

  /** Draws the same again, for example in the colours of another theme. */
  redraw(): void {
    void this.#draw();
  }

  dispose(): void {
    this.#turn += 1;
    this.#drawn?.finish();
    this.element.remove();
  }

  get #choice(): ChartChoice | undefined {
    const { choice } = this.#state;
    return choice !== undefined && fits(choice, this.#columns) ? choice : chooseChart(this.#columns);
  }

  #change(state: ChartState): void {
    this.#state = state;
    this.#host.changed(state);
    void this.#draw();
  }

  #chosen(): void {
    const series = this.#series.select.value;
    const isNumber = this.#columns.some(({ name, role }) => name === series && role === 'number');
    const y = this.#y.select.value;
    this.#change({
      resultId: this.#header.id,
      choice: {
        mark: this.#mark.select.value as ChartMark,
        x: this.#x.select.value,
        y: isNumber && series !== y ? [y, series] : [y],
        ...(series === '' || isNumber ? {} : { split: series }),
      },
    });
  }

  #forgetSpec(): void {
    this.#change({ resultId: this.#header.id, choice: this.#state.choice });
  }

  #editSpec(): void {
    const built = this.#built();
    if (built !== undefined) {
      this.#host.editSpec(this.#header.id, this.#state.spec ?? specText(built.chart.spec));
    }
  }

  async #save(format: PictureFormat): Promise<void> {
    if (this.#drawn === undefined) {
      return;
    }
    try {
      const charts = await loadCharts();
      const width = this.#picture.clientWidth || DEFAULT_WIDTH;
      const { title } = this.#header;
      this.#host.savePicture(title, format, await charts.picture(this.#drawn.chart, width, format));
    } catch (error) {
      this.#say(failureInWords(error), true);
    }
  }

  /** The chart of the toolbar's choice. */
  #built(): { readonly chart: ResultChart; readonly points: ChartPoints } | undefined {
    const choice = this.#choice;
    if (choice === undefined || this.#data === undefined) {
      return undefined;
    }
    const { rows } = this.#data;
    const points = chartPoints(choice, { names: this.#columns.map(({ name }) => name), rows });
    const role = this.#columns.find(({ name }) => name === choice.x)?.role ?? 'name';
    const titles = {
      x: choice.x,
      y: choice.y.length === 1 ? (choice.y[0] ?? null) : null,
      series: choice.split ?? l10n.t('Series'),
    };
    const chart = resultChart(choice, role, points, titles, plotHeight());
    return { chart, points };
  }

  async #draw(): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    this.#showChoice();
    const built = this.#built();
    if (built === undefined) {
      this.#clear();
      this.#say(
        this.#data === undefined
          ? l10n.t('Drawing…')
          : l10n.t('Nothing of this result can be drawn: a chart needs numbers and what they belong to.'),
      );
      return;
    }
    const { spec: own } = this.#state;
    const reading = own === undefined ? { spec: built.chart.spec } : readSpec(own, built.chart.dataset);
    if ('problem' in reading && reading.problem !== undefined) {
      this.#say(reading.problem, true);
      return;
    }
    const chart: DrawnChart = { ...built.chart, spec: reading.spec, title: this.#header.title };
    const place = element('div', { className: 'canvas' });
    try {
      const charts = await loadCharts();
      if (turn !== this.#turn) {
        return;
      }
      // The old picture stays until the new one is there, which must be in the page to know its width.
      place.classList.add('pending');
      this.#picture.append(place);
      const finish = await charts.draw(place, chart);
      if (turn !== this.#turn) {
        finish();
        place.remove();
        return;
      }
      this.#drawn?.finish();
      this.#drawn = { chart, finish };
      place.classList.remove('pending');
      place.querySelector('svg, canvas')?.setAttribute('aria-hidden', 'true');
      this.#picture.replaceChildren(place);
      this.#picture.setAttribute('role', 'img');
      this.#picture.setAttribute('aria-label', summaryOf(this.#header.title, built.points));
      this.#say(partInWords(this.#header, built.points, own !== undefined));
    } catch (error) {
      place.remove();
      if (turn === this.#turn) {
        this.#say(failureInWords(error), true);
      }
    }
  }

  #clear(): void {
    this.#drawn?.finish();
    this.#drawn = undefined;
    this.#picture.replaceChildren();
    this.#picture.removeAttribute('role');
    this.#picture.removeAttribute('aria-label');
  }

  #showChoice(): void {
    const choice = this.#choice;
    const hasSpec = this.#state.spec !== undefined;
    this.#ownSpec.hidden = !hasSpec;
    const named = (...roles: readonly ColumnRole[]): string[] =>
      this.#columns.filter(({ role }) => roles.includes(role)).map(({ name }) => name);
    const along = choice?.mark === 'point' ? named('number', 'time') : named('time', 'name', 'number');
    this.#mark.show(
      CHART_MARKS.map((mark) => [mark, markInWords(mark)]),
      choice?.mark,
    );
    this.#x.show(along.map(same), choice?.x);
    this.#y.show(named('number').map(same), choice?.y[0]);
    const others = [...named('number'), ...named('name', 'time')].filter(
      (name) => name !== choice?.x && name !== choice?.y[0],
    );
    this.#series.show([['', l10n.t('none')], ...others.map(same)], choice?.split ?? choice?.y[1] ?? '');
    for (const { select } of [this.#mark, this.#x, this.#y, this.#series]) {
      select.disabled = hasSpec || choice === undefined;
    }
  }

  #say(text: string, isProblem = false): void {
    showText(this.#note, text);
    this.#note.classList.toggle('error', isProblem);
    if (isProblem) {
      this.#clear();
    }
  }
}

const same = (name: string): readonly [string, string] => [name, name];

/** A low panel has a low plot, so that its axis is in sight. */
function plotHeight(): number {
  return Math.min(PLOT_HEIGHT, Math.max(LEAST_PLOT, Math.round(innerHeight * 0.6 - AROUND_PLOT)));
}
