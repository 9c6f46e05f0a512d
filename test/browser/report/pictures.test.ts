import assert from 'node:assert/strict';
import type { PictureFormat } from '../../../src/webview/report/protocol';
import { Bench } from '../support/bench';
import { CHARTS, DATASETS, readyOf, userBars } from './reportModels';
import { drawn, openReport, type ReportWebview } from './reportBench';

describe('a chart as a file', () => {
  const bench = new Bench();

  async function openCharts(): Promise<ReportWebview> {
    const bars = userBars([9, 5]);
    const page = await openReport(bench, { theme: 'contrastDark' });
    await page.send(readyOf([bars.block, ...CHARTS], { datasets: { ...DATASETS, ...bars.datasets } }));
    await drawn(page);
    return page;
  }

  async function pictureOf(page: ReportWebview, blockId: string, format: PictureFormat): Promise<Buffer> {
    const { base64, failure } = await page.after('picture', () =>
      page.send({ type: 'picture', blockId, format }),
    );
    assert.equal(failure, undefined);
    return Buffer.from(base64 ?? '', 'base64');
  }

  it('is an SVG on white with fixed colours and its title, whatever the theme', async () => {
    const page = await openCharts();
    for (const { id } of CHARTS) {
      const svg = (await pictureOf(page, id, 'svg')).toString('utf8');
      assert.match(svg, /^<svg[^>]+xmlns="http:\/\/www\.w3\.org\/2000\/svg"/, id);
      assert.doesNotMatch(svg, /var\(|NaN/, id);
      assert.match(svg, /fill="#ffffff"/, id);
      assert.match(svg, />A chart of the kind /, id);
    }
  });

  it('names fonts that every machine has something for', async () => {
    const page = await openCharts();
    const svg = (await pictureOf(page, 'topUsers', 'svg')).toString('utf8');
    assert.match(svg, /font-family="[^"]*sans-serif"/);
    assert.doesNotMatch(svg, /font-family="[^"]*var/);
  });

  it('is a PNG of twice the pixels, with the bars in it', async () => {
    const page = await openCharts();
    const png = await pictureOf(page, 'topUsers', 'png');
    assert.equal(png.subarray(1, 4).toString(), 'PNG');
    const picture: { width: number; colours: Record<string, number> } = await page.page
      .evaluate(`(async () => {
      const image = new Image();
      image.src = 'data:image/png;base64,${png.toString('base64')}';
      await image.decode();
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
      const context = canvas.getContext('2d');
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      const colours = {};
      for (let at = 0; at < data.length; at += 4) {
        const key = [data[at], data[at + 1], data[at + 2], data[at + 3]].join();
        colours[key] = (colours[key] ?? 0) + 1;
      }
      return { width: canvas.width, colours };
    })()`);
    const place = await page.frame.locator('figure .picture').first().boundingBox();
    assert.ok(Math.abs(picture.width - 2 * (place?.width ?? 0)) <= 4, `${picture.width} pixels`);
    const pixels = Object.values(picture.colours).reduce((sum, count) => sum + count);
    assert.ok((picture.colours['255,255,255,255'] ?? 0) > pixels / 4, 'a white ground');
    assert.ok((picture.colours['26,102,194,255'] ?? 0) > pixels / 20, 'bars in the first colour of print');
    assert.deepEqual(await page.errors(), []);
  });

  it('is refused with a reason when the chart is gone', async () => {
    const page = await openReport(bench);
    await page.send(readyOf([]));
    const answer = await page.after('picture', () =>
      page.send({ type: 'picture', blockId: 'nothing', format: 'svg' }),
    );
    assert.deepEqual(answer, {
      type: 'picture',
      blockId: 'nothing',
      failure: 'The chart is no longer shown.',
    });
  });
});
