import assert from 'node:assert/strict';
import { REPORTS } from '../../../../src/reports/catalogue';
import { renderReportHtml } from '../../../../src/reports/export/htmlExport';
import type { ReportModel } from '../../../../src/reports/reportModel';
import { TestMirror, at } from '../mirror';
import { report } from '../reading';

/** The budget of one page: a mail takes it. */
const MOST_BYTES = 1_000_000;
const MOST_CHARTS = 12;
const WEEKS = 52;
const WEEK = 7 * 86_400;

function chartsOf(model: ReportModel): number {
  return model.sections.flatMap(({ blocks }) => blocks).filter(({ type }) => type === 'chart').length;
}

describe('an exported page of one year in weeks', function () {
  this.timeout(120_000);
  let mirror: TestMirror;

  before(async () => {
    mirror = await TestMirror.create();
    for (const name of ['fasgpt', 'research', 'sales']) {
      const instance = mirror.instance(name);
      const bases = Array.from({ length: 12 }, (_, index) =>
        mirror.base(instance, `Base ${index} of ${name}`),
      );
      Array.from({ length: 30 }, (_, index) =>
        mirror.file(instance, `file ${index} of ${name}.pdf`, { size: 1000, base: bases[index % 12] ?? 0 }),
      );
      for (let user = 0; user < 40; user += 1) {
        const chat = mirror.chat(
          mirror.user(instance, `Person ${user} of ${name}`, { email: `person.${user}@${name}.example` }),
        );
        for (let week = 0; week < WEEKS; week += 1) {
          const time = at('2025-04-02 08:00') + week * WEEK + (user % 14) * 3600;
          const model = `provider/model-${(user + week) % 15}-long-name`;
          mirror.turn(chat, time, {
            model,
            input: 900 + user,
            output: 300 + week,
            rating: week % 3 === 0 ? 1 : null,
          });
        }
      }
    }
    for (let model = 0; model < 15; model += 1) {
      mirror.price(`provider/model-${model}-long-name`, { input: 3, output: 9 });
    }
  });
  after(() => mirror.dispose());

  for (const definition of REPORTS) {
    it(`stays below 1 MB for ${definition.title}`, async () => {
      const model = await report(mirror, {
        definition,
        period: { kind: 'preset', preset: 'last12Months' },
        unit: 'week',
      });
      const bytes = Buffer.byteLength(await renderReportHtml(model, { script: ' '.repeat(2000) }));
      assert.ok(chartsOf(model) <= MOST_CHARTS, `${chartsOf(model)} charts`);
      assert.ok(bytes < MOST_BYTES, `${bytes} bytes`);
    });
  }

  it('stays below it with twelve charts of the overview', async () => {
    const [definition] = REPORTS;
    assert.ok(definition !== undefined);
    const model = await report(mirror, {
      definition,
      period: { kind: 'preset', preset: 'last12Months' },
      unit: 'week',
    });
    const blocks = model.sections.flatMap((section) => section.blocks);
    const more = blocks.filter(({ type }) => type === 'chart').slice(0, MOST_CHARTS - chartsOf(model));
    const whole = {
      ...model,
      sections: [
        ...model.sections,
        { id: 'more', title: 'More', blocks: more.map((block) => ({ ...block, id: `${block.id}2` })) },
      ],
    };
    assert.equal(chartsOf(whole), MOST_CHARTS);
    assert.ok(Buffer.byteLength(await renderReportHtml(whole)) < MOST_BYTES);
  });
});
