import assert from 'node:assert/strict';
import { compile } from 'vega-lite';
import { REPORTS } from '../../../../src/reports/catalogue';
import { beginPictures, chartSvg } from '../../../../src/reports/export/chartSvg';
import type { ChartBlock, ReportModel } from '../../../../src/reports/reportModel';
import { chartConfig } from '../../../../src/reports/specs/chartConfig';
import { billMarch } from '../costMirror';
import { TestMirror, at } from '../mirror';
import { report } from '../reading';

const DAY = 86_400;
const MODELS = ['gpt-4o', 'llama3.1:8b', 'claude-sonnet-4-5'];

/** Two instances, one of them behind; two months of chats of six people with three models. */
function livelyMirror(mirror: TestMirror): void {
  const instances = [
    mirror.instance('fasgpt'),
    mirror.instance('research', { lastSync: at('2026-03-25 09:00') }),
  ];
  mirror.run(`UPDATE instances SET first_sync = '2026-03-04 08:00:00', first_sync_epoch = ?`, [
    at('2026-03-04 08:00'),
  ]);
  mirror.price('gpt-4o', { input: 2.5, output: 10 });
  mirror.budget(50);
  for (const [place, instance] of instances.entries()) {
    for (const name of ['Ann', 'Ben', 'Cat']) {
      const chat = mirror.chat(mirror.user(instance, name));
      for (let day = 0; day < 50; day += 1 + place) {
        const epoch = at('2026-02-03 10:00') + day * DAY + (day % 7) * 3600;
        const question = mirror.message(chat, epoch);
        mirror.message(chat, epoch + 1, {
          role: 'assistant',
          parent: question,
          model: MODELS[(day + place) % MODELS.length] ?? null,
          input: day % 5 === 0 ? null : 100 * day,
          output: day % 5 === 0 ? null : 40,
          rating: day % 3 === 0 ? 1 : day % 7 === 0 ? -1 : null,
          isError: day % 11 === 0,
        });
      }
    }
  }
  billMarch(mirror, instances);
}

function chartsOf({ sections }: ReportModel): ChartBlock[] {
  return sections.flatMap(({ blocks }) => blocks).filter((block) => block.type === 'chart');
}

function warningsOf({ spec }: ChartBlock): string[] {
  const warnings: string[] = [];
  const note = (...words: readonly unknown[]) => {
    warnings.push(words.join(' '));
    return logger;
  };
  const logger = { level: () => logger, error: note, warn: note, info: () => logger, debug: () => logger };
  compile(spec, { logger, config: chartConfig({ family: 'sans-serif', size: 13 }) });
  return warnings;
}

describe('the charts of every report', () => {
  let mirror: TestMirror;
  before(async () => {
    mirror = await TestMirror.create();
    livelyMirror(mirror);
  });
  after(() => mirror.dispose());

  for (const definition of REPORTS) {
    describe(definition.title, () => {
      let model: ReportModel;
      let charts: readonly ChartBlock[];
      let pictures: ReadonlyMap<string, string>;
      before(async () => {
        model = await report(mirror, { definition });
        charts = chartsOf(model);
        beginPictures();
        const drawn = new Map<string, string>();
        for (const { id, spec, dataset, isWide } of charts) {
          const rows = model.datasets[dataset] ?? [];
          drawn.set(id, await chartSvg(spec, { name: dataset, rows }, isWide ? 1000 : 480));
        }
        pictures = drawn;
      });

      it('compile without a warning', () => {
        for (const chart of charts) {
          assert.deepEqual(warningsOf(chart), [], chart.id);
        }
      });

      it('name their data instead of holding it', () => {
        for (const { spec, dataset, id } of charts) {
          assert.deepEqual('data' in spec && spec.data, { name: dataset }, id);
        }
      });

      it('take every colour from a variable', () => {
        for (const [id, svg] of pictures) {
          const colours = [...svg.matchAll(/(?:fill|stroke)="([^"]*)"/gu)].map(([, colour]) => colour ?? '');
          const fixed = colours.filter(
            (colour) => !/^var\(--ow-[a-z0-9-]+\)$|^none$|^transparent$/u.test(colour),
          );
          assert.deepEqual([...new Set(fixed)], [], id);
        }
      });

      it('say values that are none of a broken column', () => {
        for (const [id, svg] of pictures) {
          const said = [...svg.matchAll(/(?:aria-label="|<text[^>]*>)([^"<]*)/gu)].map(([, text]) => text);
          assert.deepEqual(
            said.filter((text) => /undefined|NaN|null|Infinity/u.test(text ?? '')),
            [],
            id,
          );
        }
      });

      it('draw their rows, or say that they know no numbers', () => {
        for (const { id, dataset } of charts) {
          const rows = model.datasets[dataset] ?? [];
          if (pictures.get(id)?.includes('>No known values in this period</text>') === true) {
            continue;
          }
          const marks = [
            ...(pictures.get(id) ?? '').matchAll(/aria-roledescription="(?:bar|point|rect mark)"/gu),
          ];
          assert.ok(rows.length === 0 || marks.length > 0, `${id} draws none of ${rows.length} rows`);
        }
      });

      it('stay below 2,000 elements', () => {
        for (const [id, svg] of pictures) {
          assert.ok((svg.match(/<(?:path|rect|text|line) /gu)?.length ?? 0) <= 2000, id);
        }
      });

      it('name columns of their dataset where they can be clicked', () => {
        for (const { id, click, dataset } of charts) {
          const [row] = model.datasets[dataset] ?? [];
          assert.ok(click === undefined || row === undefined || click.field in row, id);
        }
      });
    });
  }
});
