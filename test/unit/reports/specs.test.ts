import assert from 'node:assert/strict';
import { beginPictures, chartSvg } from '../../../src/reports/export/chartSvg';
import type { ChartBlock, ReportModel } from '../../../src/reports/reportModel';
import { TestMirror, at } from './mirror';
import { report } from './reading';

function charts({ sections }: ReportModel): ChartBlock[] {
  return sections.flatMap(({ blocks }) => blocks).filter((block) => block.type === 'chart');
}

describe('the charts of the overview', () => {
  let mirror: TestMirror;
  let model: ReportModel;
  before(async () => {
    mirror = await TestMirror.create();
    const chat = mirror.chat(mirror.user(mirror.instance('fasgpt'), 'Ann'));
    mirror.turn(chat, at('2026-03-02 10:00'), { input: 10, output: 5 });
    mirror.turn(chat, at('2026-03-31 10:00'), { model: 'a|b' });
    model = await report(mirror);
  });
  after(() => mirror.dispose());

  it('tell the values of a mark in its description', async () => {
    const messages = charts(model).find(({ id }) => id === 'messages');
    assert.ok(messages !== undefined);
    beginPictures();
    const svg = await chartSvg(
      messages.spec,
      { name: messages.dataset, rows: model.datasets[messages.dataset] ?? [] },
      480,
    );
    assert.ok(svg.includes('aria-label="Day: Mon, Mar 2, 2026; Kind: Turns; Count: 1"'));
  });

  it('show a name with the separator of their keys whole', async () => {
    const models = charts(model).find(({ id }) => id === 'topModels');
    assert.ok(models !== undefined);
    beginPictures();
    const svg = await chartSvg(
      models.spec,
      { name: models.dataset, rows: model.datasets[models.dataset] ?? [] },
      480,
    );
    assert.match(svg, />a\|b<\/text>/u);
  });

  it('say in a sentence what they show', () => {
    const summaries = Object.fromEntries(charts(model).map(({ id, summary }) => [id, summary]));
    assert.equal(
      summaries['activeUsers'],
      'Active users. Active users: Mon, Mar 2, 2026 to Tue, Mar 31, 2026 (partial); most 1 (Mon, Mar 2, 2026). Unknown: 1 step.',
    );
    assert.equal(summaries['topUsers'], 'Top users. First: Ann 2.');
  });

  it('have the same values in a table', () => {
    for (const { table, id } of charts(model)) {
      assert.ok(table.rows.length > 0, id);
      assert.ok(
        table.rows.every((cells) => cells.length === table.columns.length),
        id,
      );
    }
  });
});
