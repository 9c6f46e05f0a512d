import assert from 'node:assert/strict';
import { compile, type TopLevelSpec } from 'vega-lite';
import { beginPictures, chartSvg } from '../../../../src/reports/export/chartSvg';
import type { ReportRow } from '../../../../src/reports/reportModel';
import { buildSpec } from '../../../../src/reports/specs/buildSpec';
import { chartConfig } from '../../../../src/reports/specs/chartConfig';
import { furtherDatasets } from '../../../../src/reports/specs/chartKinds';
import { contextOf, day, SAMPLES, splitRows, timeRows, type Sample } from './samples';

const MAX_MARKS = 2000;

function specOf({ chart, context, rows }: Sample): TopLevelSpec {
  return buildSpec(chart, context, rows);
}

function svgOf(sample: Sample, width = sample.context.isWide ? 1000 : 480): Promise<string> {
  beginPictures();
  const { context, rows } = sample;
  return chartSvg(specOf(sample), { name: context.dataset, rows }, width);
}

function sample(name: string): Sample {
  const found = SAMPLES[name];
  assert.ok(found !== undefined, name);
  return found;
}

/** What the marks of a picture say of themselves. */
function descriptions(svg: string): string[] {
  return [...svg.matchAll(/<(?:path|rect|text|line)[^>]* aria-label="([^"]*)"/gu)].map(
    ([, text]) => text ?? '',
  );
}

function texts(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/gu)].map(([, text]) => text ?? '');
}

describe('every kind of chart', () => {
  for (const [name, one] of Object.entries(SAMPLES)) {
    describe(name, () => {
      let svg: string;
      before(async () => {
        svg = await svgOf(one);
      });

      it('compiles without a warning', () => {
        const warnings: string[] = [];
        const note = (...words: readonly unknown[]) => {
          warnings.push(words.join(' '));
          return logger;
        };
        const logger = {
          level: () => logger,
          error: note,
          warn: note,
          info: () => logger,
          debug: () => logger,
        };
        compile(specOf(one), { logger, config: chartConfig({ family: 'sans-serif', size: 13 }) });
        assert.deepEqual(warnings, []);
      });

      it('names its data instead of holding it', () => {
        const spec = specOf(one);
        assert.deepEqual('data' in spec && spec.data, { name: one.context.dataset });
      });

      it('takes every colour from a variable, so that it follows the theme', () => {
        const colours = [...svg.matchAll(/(?:fill|stroke)="([^"]*)"/gu)].map(([, colour]) => colour ?? '');
        const fixed = colours.filter(
          (colour) => !/^var\(--ow-[a-z0-9-]+\)$|^none$|^transparent$/u.test(colour),
        );
        assert.deepEqual([...new Set(fixed)], []);
      });

      it('measures its words in a real font, never in a variable', () => {
        const fonts = [...svg.matchAll(/font-family="([^"]*)"/gu)].map(([, font]) => font ?? '');
        assert.ok(fonts.length > 0);
        assert.deepEqual(
          fonts.filter((font) => font.includes('var(')),
          [],
        );
      });

      it('says the values of its marks, without a broken one', () => {
        const said = descriptions(svg);
        assert.ok(said.length > 0);
        assert.deepEqual(
          said.filter((text) => /undefined|NaN|null|Infinity/u.test(text)),
          [],
        );
      });

      it(`has at most ${MAX_MARKS} elements`, () => {
        assert.ok((svg.match(/<(?:path|rect|text|line) /gu)?.length ?? 0) <= MAX_MARKS);
      });

      it('shows the pointer that something can be clicked only where it can', () => {
        assert.equal(
          JSON.stringify(specOf(one)).includes('"cursor":"pointer"'),
          one.chart.click !== undefined,
        );
      });
    });
  }

  it('shows hostile names as text', async () => {
    const hostile = [
      '</script><script>alert(1)</script>',
      '<img src=x onerror=alert(1)>',
      `"'\\\u2028|]};alert(1)//`,
      'javascript:alert(1)',
    ];
    for (const [name, one] of Object.entries(SAMPLES)) {
      let next = 0;
      const replaced = new Map<string, string>();
      const rename = (value: ReportRow[string]): ReportRow[string] => {
        if (
          typeof value !== 'string' ||
          /^\d{4}-\d{2}-\d{2}$|^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)$/u.test(value)
        ) {
          return value;
        }
        const known = replaced.get(value) ?? `${hostile[next++ % hostile.length] ?? ''}${next}`;
        replaced.set(value, known);
        return known;
      };
      const rows = one.rows.map((row) =>
        Object.fromEntries(Object.entries(row).map(([column, value]) => [column, rename(value)])),
      );
      const context = {
        ...one.context,
        marks: hostile.map((text, index) => ({ day: day('2026-03-04') + 5 * index, text })),
        rowsOf: () => [{ day: day('2026-03-11'), text: hostile[1] ?? '', reason: hostile[0] ?? '' }],
      };
      const svg = await svgOf({ ...one, context, rows });
      const tags = new Set([...svg.matchAll(/<\/?([a-zA-Z]+)/gu)].map(([, tag]) => tag));
      assert.deepEqual(
        [...tags].filter((tag) => !/^(?:svg|g|path|rect|text|line|title|defs|clipPath)$/u.test(tag ?? '')),
        [],
        name,
      );
      assert.ok(!/\son\w+=|href=/u.test(svg.replace(/="[^"]*"/gu, '=""').replace(/>[^<]*</gu, '><')), name);
    }
  });
});

describe('a chart without a known number', () => {
  for (const [name, one] of Object.entries(SAMPLES)) {
    it(`says so instead of drawing zeros (${name})`, async () => {
      const rows = one.rows.map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([column, value]) => [
            column,
            typeof value === 'number' && !/rank|^(?:hour|weekday|step)$/u.test(column) ? null : value,
          ]),
        ),
      );
      assert.deepEqual(texts(await svgOf({ ...one, rows })), ['No known values in this period']);
    });
  }

  it('says so without any rows, too', async () => {
    const { chart, context } = sample('lineTime');
    assert.deepEqual(texts(await svgOf({ chart, context, rows: [] })), ['No known values in this period']);
  });
});

describe('unknown steps', () => {
  const context = contextOf({
    from: '2026-03-01',
    to: '2026-03-10',
    known: { first: day('2026-03-03'), asOf: day('2026-03-08') },
  });
  const rows: ReportRow[] = context.buckets.map(({ bucket, label }) => ({ bucket, label, turns: 0 }));

  for (const kind of ['lineTime', 'splitTime', 'splitLines', 'smallMultiples'] as const) {
    it(`are no zeros in ${kind}, even where the rows say so`, async () => {
      const svg = await svgOf({
        chart: { kind, value: 'turns' },
        context,
        rows: rows.map((row) => ({ ...row, series: 'Ann', series_rank: 1 })),
      });
      const days = descriptions(svg).filter((text) => text.startsWith('Day: '));
      assert.equal(days.length, 6);
      assert.ok(days[0]?.startsWith('Day: Tue, 3 Mar 2026;'));
      assert.ok(days.at(-1)?.startsWith('Day: Sun, 8 Mar 2026 (partial);'));
    });

    it(`are shaded and said in words in ${kind}`, async () => {
      const svg = await svgOf({
        chart: { kind, value: 'turns' },
        context,
        rows: rows.map((row) => ({ ...row, series: 'Ann', series_rank: 1 })),
      });
      assert.deepEqual(
        descriptions(svg).filter((text) => text.startsWith('Days: ')),
        ['Days: Unknown: before the first message', 'Days: Unknown: not synced yet'],
      );
    });
  }

  it('are told from those that some instances have reached', async () => {
    const behind = contextOf({
      known: { asOf: day('2026-03-28'), allAsOf: day('2026-03-20') },
    });
    const svg = await svgOf({
      chart: { kind: 'lineTime', value: 'turns' },
      context: behind,
      rows: timeRows(behind, () => ({ turns: 5 })),
    });
    assert.deepEqual(
      descriptions(svg).filter((text) => text.startsWith('Days: ')),
      ['Days: Partial: not all instances synced', 'Days: Unknown: not synced yet'],
    );
  });

  it('have a place on the axis', () => {
    const spec = JSON.stringify(buildSpec({ kind: 'lineTime', value: 'turns' }, context, rows));
    assert.ok(spec.includes('2026-03-01') && spec.includes('2026-03-10'));
  });
});

describe('a line over time', () => {
  it('names its first step, whatever the width', async () => {
    for (const width of [333, 480, 777, 1000]) {
      for (const name of ['lineTime', 'smallMultiples']) {
        assert.ok(texts(await svgOf(sample(name), width)).includes('1 Mar'), `${name} at ${width}`);
      }
    }
  });

  it('says the year where its days are of several', async () => {
    const context = contextOf({ from: '2025-12-30', to: '2026-01-02' });
    const rows = timeRows(context, () => ({ turns: 5 }));
    const svg = await svgOf({ chart: { kind: 'lineTime', value: 'turns' }, context, rows });
    assert.ok(texts(svg).includes('30 Dec 25'));
  });

  it('has a moving average of known whole steps alone', async () => {
    const context = contextOf({
      from: '2026-03-01',
      to: '2026-03-10',
      known: { asOf: day('2026-03-09') },
    });
    // 10 each day, but 1,000 on the last, running one.
    const rows = timeRows(context, (index) => ({ turns: index === 8 ? 1000 : 10 + 7 * index }));
    const svg = await svgOf({
      chart: { kind: 'lineTime', value: 'turns', hasMovingAverage: true },
      context,
      rows,
    });
    // Days 1 to 7: 10 + 7 * 3 = 31; days 2 to 8: 38.
    assert.deepEqual(
      descriptions(svg).filter((text) => text.includes('7-day average')),
      ['Day: Sat, 7 Mar 2026; 7-day average: 31', 'Day: Sun, 8 Mar 2026; 7-day average: 38'],
    );
    assert.ok(texts(svg).includes('7-day average'));
  });

  it('has no moving average of a ratio', () => {
    const context = contextOf();
    assert.throws(
      () =>
        buildSpec({ kind: 'lineTime', value: 'error_rate', hasMovingAverage: true }, context, [
          { bucket: '2026-03-01', label: '1 Mar', error_rate: 0.5 },
        ]),
      /no moving average/u,
    );
  });

  it('shows a budget with its words, and none where there is none', async () => {
    const { chart, context, rows } = sample('lineTime');
    assert.ok(texts(await svgOf({ chart, context, rows })).includes('Budget 110'));
    const without = rows.map((row) => ({ ...row, budget: null }));
    assert.ok(
      !texts(await svgOf({ chart, context, rows: without })).some((text) => text.startsWith('Budget')),
    );
  });

  it('marks remarks within its days, those of one step as one', async () => {
    const context = contextOf({
      marks: [{ day: day('2026-03-05'), text: 'First sync', detail: 'deleted chats are missing' }],
      datasets: {
        events: [
          { day: day('2026-03-05'), text: 'gpt-5 first used' },
          { day: day('2025-01-01'), text: 'Long ago' },
        ],
      },
    });
    const svg = await svgOf({
      chart: { kind: 'lineTime', value: 'turns', marks: 'events' },
      context,
      rows: timeRows(context, () => ({ turns: 5 })),
    });
    assert.deepEqual(
      descriptions(svg).filter((text) => text.startsWith('Remark')),
      ['Remark: First sync: deleted chats are missing, gpt-5 first used'],
    );
    assert.ok(texts(svg).includes('First sync, gpt-5 first used'));
  });

  it('finds the week of a remark and of an unusual day', async () => {
    const context = contextOf({
      from: '2026-02-02',
      unit: 'week',
      datasets: { unusual: [{ day: day('2026-02-12'), reason: 'Ann' }] },
    });
    const svg = await svgOf({
      chart: { kind: 'lineTime', value: 'turns', anomalies: 'unusual' },
      context,
      rows: timeRows(context, (index) => ({ turns: index })),
    });
    assert.ok(descriptions(svg).includes('Week: Week of 9 Feb 2026; Turns: 1; Unusual: Ann'));
  });

  it('shows an unknown value as a dash and not as zero', async () => {
    const context = contextOf();
    const svg = await svgOf({
      chart: { kind: 'lines', axisTitle: 'Tokens', values: ['input_tokens', 'output_tokens'] },
      context,
      rows: timeRows(context, (index) => ({ input_tokens: index === 3 ? null : 7, output_tokens: 12_345 })),
    });
    const said = descriptions(svg);
    assert.ok(!said.some((text) => text.endsWith(': 0')));
    assert.ok(said.some((text) => text.endsWith(': 12.3k')));
  });
});

describe('a split over time', () => {
  it('keeps two parts of one name apart', async () => {
    const context = contextOf({ from: '2026-03-01', to: '2026-03-02' });
    const svg = await svgOf({
      chart: { kind: 'splitLines', value: 'turns' },
      context,
      rows: splitRows(context, ['Ann', 'Ann'], (_, rank) => 10 + rank),
    });
    assert.equal(texts(svg).filter((text) => text === 'Ann').length, 2);
  });

  it('counts 0 in a known step that a part has no row of', async () => {
    const context = contextOf({ from: '2026-03-01', to: '2026-03-03' });
    const [first, , third] = splitRows(context, ['Ann'], () => 30);
    assert.ok(first !== undefined && third !== undefined);
    const svg = await svgOf({
      chart: { kind: 'splitLines', value: 'turns' },
      context,
      rows: [first, third],
    });
    // The line goes down to the axis in the middle: three points.
    const [, line = ''] =
      /<path[^>]* d="(M[^"]*L[^"]*L[^"]*)"[^>]*stroke="var\(--ow-series-1\)"/u.exec(svg) ?? [];
    const heights = [...line.matchAll(/,(-?[\d.]+)/gu)].map(([, y]) => Number(y));
    assert.equal(heights.length, 3);
    assert.equal(heights[0], heights[2]);
    assert.equal(heights[1], 220);
  });

  it('has no zero where a part may not have been reached', async () => {
    const context = contextOf({
      from: '2026-03-01',
      to: '2026-03-04',
      known: { asOf: day('2026-03-04'), allAsOf: day('2026-03-02') },
    });
    const [first] = splitRows(context, ['Behind'], () => 30);
    assert.ok(first !== undefined);
    const svg = await svgOf({ chart: { kind: 'splitLines', value: 'turns' }, context, rows: [first] });
    assert.ok(!/<path[^>]* d="M[^"]*L[^"]*"[^>]*stroke="var\(--ow-series-1\)"/u.test(svg));
  });

  it('tells shares of each step', async () => {
    const context = contextOf({ from: '2026-03-01', to: '2026-03-01' });
    const svg = await svgOf({
      chart: { kind: 'splitTime', value: 'turns', isShare: true },
      context,
      rows: splitRows(context, ['Ann', 'Ben'], (_, rank) => [30, 10][rank] ?? 0),
    });
    assert.deepEqual(descriptions(svg), [
      'Day: Sun, 1 Mar 2026; Of: Ann; Turns: 30; Share: 75%',
      'Day: Sun, 1 Mar 2026; Of: Ben; Turns: 10; Share: 25%',
    ]);
  });

  it('numbers its parts, so that it can be read without colours', async () => {
    const context = contextOf({ from: '2026-03-01', to: '2026-03-02' });
    const svg = await svgOf({
      chart: { kind: 'splitTime', value: 'turns' },
      context,
      rows: splitRows(context, ['Ann', 'Ben'], (_, rank) => [30, 10][rank] ?? 0),
    });
    assert.deepEqual(
      texts(svg).filter((text) => /Ann|Ben|^[12]$/u.test(text)),
      ['1', '2', '1 Ann', '2 Ben'],
    );
  });

  it('shows all others in grey', async () => {
    const { chart, context, rows } = sample('splitTime');
    assert.ok((await svgOf({ chart, context, rows })).includes('fill="var(--ow-series-others)"'));
  });
});

describe('a chart of very many steps', () => {
  const context = contextOf({ from: '2025-03-05', to: '2026-03-31' });
  const names = ['Ann', 'Ben', 'Cat', 'Dan', 'Eve', 'Other'];
  const rows = splitRows(context, names, (index, rank) => index + rank);

  for (const chart of [
    { kind: 'splitTime', value: 'turns' },
    { kind: 'splitTime', value: 'turns', isShare: true },
    { kind: 'splitLines', value: 'turns' },
    { kind: 'smallMultiples', value: 'turns' },
  ] as const) {
    it(`stays below ${MAX_MARKS} elements as ${JSON.stringify(chart)}`, async () => {
      const svg = await svgOf({ chart, context, rows });
      assert.ok(rows.length > MAX_MARKS);
      assert.ok((svg.match(/<(?:path|rect|text|line) /gu)?.length ?? 0) <= MAX_MARKS);
    });
  }
});

describe('a ranking', () => {
  it('adds the parts of a bar up behind it', async () => {
    assert.ok(texts(await svgOf(sample('barsSplit'))).includes('85k'));
  });

  it('shows the first ranks alone, also when each has several rows', async () => {
    assert.ok(!texts(await svgOf(sample('barsSplit'))).includes('mistral'));
  });

  it('of shares has intervals after Wilson', async () => {
    const { chart, context } = sample('interval');
    const svg = await svgOf({
      chart,
      context,
      rows: [
        { rank: 1, model: 'a', up: 8, ratings: 10 },
        { rank: 2, model: 'b', up: 0, ratings: 0 },
      ],
    });
    // 8 of 10: (0.8 + 0.19208 -+ 1.96 * sqrt(0.016 + 0.009604)) / 1.38416 = 0.4902 and 0.9433.
    assert.deepEqual(
      descriptions(svg).filter((text) => text.startsWith('Name')),
      ['Name: a; Thumbs-up share: 80%; At least: 49%; At most: 94.3%; Ratings: 10'],
    );
  });
});

describe('columns', () => {
  it('write every name, aslant where they are long', async () => {
    const context = contextOf({ isWide: false });
    const names = [
      'None: 0',
      'Trying: below 25',
      'Developing: below 50',
      'Established: below 75',
      'Champion',
    ];
    const svg = await svgOf({
      chart: { kind: 'columns', category: 'band', categoryTitle: 'Band', value: 'active_users' },
      context,
      rows: names.map((band) => ({ band, active_users: 3 })),
    });
    assert.deepEqual(
      texts(svg).filter((text) => names.includes(text)),
      names,
    );
  });
});

describe('a cohort', () => {
  it('has no cell for a week that is not over', async () => {
    const svg = await svgOf(sample('cohort'));
    // 8 + 7 + ... + 1 cells, of which seven are not over.
    assert.equal(descriptions(svg).length, 36 - 7);
    assert.equal(texts(svg).filter((text) => text === '100%').length, 8);
  });

  it('says its size', async () => {
    const svg = await svgOf(sample('cohort'));
    assert.ok(texts(svg).includes('Week 1 (20)'));
    assert.ok(descriptions(svg).includes('Cohort: Week 1; Users: 20; Week: 1; Active: 71.4%'));
  });
});

describe('a clicked mark', () => {
  it('still has the column that names it', () => {
    const { chart, context, rows } = sample('splitTime');
    const { spec } = compile(
      { ...buildSpec(chart, context, rows), width: 500 },
      { config: chartConfig({ family: 'sans-serif', size: 13 }) },
    );
    const projections = JSON.stringify(spec.data).match(/"type":"project"/gu);
    assert.equal(projections, null);
    assert.equal(chart.click?.field, 'series_key');
    assert.ok(rows.every((row) => 'series_key' in row));
  });
});

describe('the datasets of a chart', () => {
  it('are its own and those of its remarks', () => {
    assert.deepEqual(furtherDatasets(sample('lineTime').chart), ['events', 'unusual']);
    assert.deepEqual(furtherDatasets(sample('bars').chart), []);
  });
});
