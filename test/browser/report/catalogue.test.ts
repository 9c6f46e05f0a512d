import assert from 'node:assert/strict';
import { buildReport } from '../../../src/reports/buildReport';
import { REPORTS } from '../../../src/reports/catalogue';
import type { ReportDefinition } from '../../../src/reports/reportDefinition';
import type { ToPage } from '../../../src/webview/report/protocol';
import { secretMirror } from '../../unit/reports/export/secretMirror';
import type { TestMirror } from '../../unit/reports/mirror';
import { requestOf } from '../../unit/reports/reading';
import { Bench } from '../support/bench';
import { drawn, openReport } from './reportBench';
import { stateOf } from './reportModels';

describe('each report of the catalogue on its page', () => {
  const bench = new Bench();
  let mirror: TestMirror;
  before(async () => {
    mirror = await secretMirror();
  });
  after(() => mirror.dispose());

  /** Builds a report and tells the page of it as the extension does. */
  async function messagesOf(definition: ReportDefinition): Promise<readonly ToPage[]> {
    const request = requestOf({ definition }, mirror.zone);
    const messages: ToPage[] = [stateOf({ phase: 'loading' }, request.settings)];
    const model = await buildReport(mirror, definition, request, {
      onPart: (part) => messages.push({ type: 'part', part }),
    });
    return [...messages, { type: 'end', end: model }];
  }

  for (const definition of REPORTS) {
    it(`${definition.title}: whole, without a complaint, and keeping nobody out`, async () => {
      const page = await openReport(bench, { theme: 'light' });
      await page.send(...(await messagesOf(definition)));
      await page.frame.getByRole('heading', { level: 1, name: definition.title }).waitFor();
      await drawn(page);
      await page.takePicture(`page-${definition.id}`);
      assert.equal(await page.frame.locator('.waiting, .stale').count(), 0);
      assert.deepEqual(await page.frame.locator('.failure').allInnerTexts(), []);
      assert.deepEqual(await page.accessibilityFindings(), []);
      assert.deepEqual(await page.errors(), []);
    });
  }
});
