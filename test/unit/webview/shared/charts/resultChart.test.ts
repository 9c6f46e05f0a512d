import assert from 'node:assert/strict';
import { parse, View } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { compile } from 'vega-lite';
import { chartPoints, type ChartTable } from '../../../../../src/webview/shared/charts/chartPoints';
import { CHART_MARKS, type ChartChoice } from '../../../../../src/webview/shared/charts/chooseChart';
import type { ColumnRole } from '../../../../../src/webview/shared/charts/columnRole';
import { resultChart } from '../../../../../src/webview/shared/charts/resultChart';

const DAYS: ChartTable = {
  names: ['day', 'model', 'turns'],
  rows: [
    ['2026-11-01', 'large', 5],
    ['2026-11-01', 'small', 2],
    ['2026-11-02', 'large', 7n],
    ['2026-11-02', 'small', null],
  ],
};

describe('the points of a chart', () => {
  it('tell series apart, and leave out what is unknown', () => {
    const drawn = chartPoints({ mark: 'line', x: 'day', y: ['turns'], split: 'model' }, DAYS);
    assert.deepEqual(drawn.series, ['large', 'small']);
    assert.deepEqual(drawn.labels, ['2026-11-01', '2026-11-02']);
    assert.deepEqual(
      drawn.points.map(({ series, value }) => [series, value]),
      [
        ['large', 5],
        ['small', 2],
        ['large', 7],
      ],
    );
    assert.equal(drawn.isSum, false);
  });

  it('are sums where several rows have one place, and say so', () => {
    const drawn = chartPoints({ mark: 'bar', x: 'day', y: ['turns'] }, DAYS);
    assert.deepEqual(
      drawn.points.map(({ label, value }) => [label, value]),
      [
        ['2026-11-01', 7],
        ['2026-11-02', 7],
      ],
    );
    assert.equal(drawn.isSum, true);
  });

  it('are never added up where each row is a point of its own', () => {
    const table = {
      names: ['a', 'b'],
      rows: [
        [1, 2],
        [1, 2],
      ],
    } as const;
    assert.equal(chartPoints({ mark: 'point', x: 'a', y: ['b'] }, table).points.length, 2);
  });

  it('have the place of the local time, whatever the zone of the reader is', () => {
    const placeOf = (text: string): number | null | undefined =>
      chartPoints({ mark: 'line', x: 'at', y: ['n'] }, { names: ['at', 'n'], rows: [[text, 1]] }).points[0]
        ?.place;
    assert.equal(placeOf('2026-11-03'), Date.UTC(2026, 10, 3));
    assert.equal(placeOf('2026-11'), Date.UTC(2026, 10, 1));
    assert.equal(placeOf('2026-11-03 14:30:05'), Date.UTC(2026, 10, 3, 14, 30, 5));
    assert.equal(placeOf('2026-11-03T14:30:00Z'), Date.UTC(2026, 10, 3, 14, 30));
  });

  it('keep the first names and the largest series, and tell how many there were', () => {
    const rows = Array.from({ length: 60 }, (_, index) => [`user ${index}`, `team ${index % 12}`, index]);
    const table = { names: ['user', 'team', 'turns'], rows };
    const bars = chartPoints({ mark: 'bar', x: 'user', y: ['turns'] }, table);
    assert.deepEqual([bars.labels.length, bars.totalLabels], [50, 60]);
    const split = chartPoints({ mark: 'bar', x: 'user', y: ['turns'], split: 'team' }, table);
    assert.deepEqual([split.series.length, split.totalSeries], [8, 12]);
    assert.equal(split.series[0], 'team 11');
  });
});

describe('the spec of a result', () => {
  it('lets time go to the right in columns, however the rows are sorted', () => {
    const choice: ChartChoice = { mark: 'column', x: 'day', y: ['turns'] };
    const newestFirst = { ...DAYS, rows: [...DAYS.rows].reverse() };
    const { spec } = resultChart(choice, 'time', chartPoints(choice, newestFirst), {
      x: 'day',
      y: 'turns',
      series: 'Series',
    });
    assert.match(JSON.stringify(spec), /"domain":\["2026-11-01","2026-11-02"\]/);
  });

  const choices: readonly (readonly [ChartChoice, ColumnRole])[] = [
    ...CHART_MARKS.flatMap((mark) => [
      [{ mark, x: 'day', y: ['turns'] }, 'time'] as const,
      [{ mark, x: 'model', y: ['turns'], split: 'day' }, 'name'] as const,
    ]),
    [{ mark: 'point', x: 'turns', y: ['turns'] }, 'number'],
  ];
  for (const [choice, role] of choices) {
    it(`draws ${choice.mark} of ${role}${choice.split === undefined ? '' : ' in series'} without generated code`, async () => {
      const { spec, dataset, rows } = resultChart(choice, role, chartPoints(choice, DAYS), {
        x: choice.x,
        y: 'turns',
        series: 'Series',
      });
      const warnings: string[] = [];
      const logger = {
        level: () => logger,
        warn: (...args: unknown[]) => (warnings.push(args.join(' ')), logger),
      };
      const compiled = compile(
        { ...spec, width: 400, datasets: { [dataset]: rows } },
        {
          logger: { ...logger, error: logger.warn, info: () => logger, debug: () => logger } as never,
        },
      );
      const view = new View(parse(compiled.spec, undefined, { ast: true }), {
        expr: expressionInterpreter,
        renderer: 'none',
      });
      const svg = await view.toSVG();
      view.finalize();
      const marks = svg.match(/aria-roledescription="(?:bar|line mark|point)"/gu) ?? [];
      assert.ok(marks.length > 0, svg);
      assert.ok(!svg.includes('NaN'), svg);
      assert.deepEqual(warnings, []);
    });
  }
});
