import assert from 'node:assert/strict';
import { build } from 'esbuild';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReportExporter } from '../../../../src/reports/export/exporter';
import { renderReportHtml } from '../../../../src/reports/export/htmlExport';
import { exportModel, tiles, userChart, userTable } from './model';

const REPOSITORY = join(__dirname, '../../../..');
const SCRIPT = `document.title += '!';`;
const MODEL = exportModel([tiles(), userChart(), userTable()]);

describe('the export worker', () => {
  const folder = mkdtempSync(join(tmpdir(), 'openwebui-sync-'));
  const workerPath = join(folder, 'reportExport.js');
  const scriptPath = join(folder, 'runtime.js');
  const out = join(folder, 'out');
  let exporter: ReportExporter;

  before(async () => {
    await build({
      absWorkingDir: REPOSITORY,
      entryPoints: { reportExport: 'src/reports/export/exportWorker.ts' },
      outdir: folder,
      bundle: true,
      platform: 'node',
      loader: { '.sql': 'text' },
      // Its entry for Node waits at its top level, which a CommonJS bundle cannot.
      alias: { 'vega-canvas': './node_modules/vega-canvas/build/vega-canvas.browser.js' },
    });
    writeFileSync(scriptPath, SCRIPT);
    exporter = new ReportExporter(workerPath, { scriptPath });
  });
  after(async () => {
    await exporter.dispose();
    rmSync(folder, { recursive: true });
  });

  it('writes the page that the renderer gives, in folders that it makes', async () => {
    const path = join(out, 'deep', 'page.html');
    await exporter.write(path, MODEL, { format: 'html' });
    assert.equal(readFileSync(path, 'utf8'), await renderReportHtml(MODEL, { script: SCRIPT }));
    assert.deepEqual(readdirSync(join(out, 'deep')), ['page.html']);
  });

  it('gives the bytes where there is no file to write', async () => {
    const bytes = await exporter.render(MODEL, { format: 'json' });
    assert.equal(
      (JSON.parse(Buffer.from(bytes).toString()) as { format: string }).format,
      'openwebui-sync-report',
    );
  });

  it('draws one chart as a picture that stands alone', async () => {
    const svg = Buffer.from(await exporter.render(MODEL, { format: 'svg', tableId: 'topUsers' })).toString();
    assert.match(
      svg,
      /^<svg [^>]*><title>Top users<\/title><desc>Top users\. Anna has the most: 1,204\.<\/desc>/u,
    );
    assert.ok(!svg.includes('var('), 'colours are values');
  });

  it('tells what went wrong and leaves no part of a file', async () => {
    await assert.rejects(
      exporter.write(join(out, 'table.csv'), MODEL, { format: 'csv', tableId: 'nothing' }),
      /no table "nothing"/u,
    );
    await assert.rejects(
      exporter.render(MODEL, { format: 'svg', tableId: 'userTable' }),
      /no chart "userTable"\. It has: topUsers/u,
    );
    writeFileSync(join(out, 'file'), '');
    const below = join(out, 'file', 'page.html');
    await assert.rejects(exporter.write(below, MODEL, { format: 'md' }), /Failed to write/u);
    assert.deepEqual(readdirSync(out).sort(), ['deep', 'file']);
  });
});
