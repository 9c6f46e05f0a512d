import * as v from 'valibot';
import { buildReport } from '../../reports/buildReport';
import { findReport, REPORTS } from '../../reports/catalogue';
import { openingSettings } from '../../reports/reportDefinition';
import { reportJson } from '../../reports/export/reportJson';
import { ProblemError } from '../http/problem';
import { periodOf, scopeOf, SPAN } from './parameters';
import { json, route } from './route';

/** As in files that programs read. */
export const LOCALE = 'en';

export const reportsRoute = route({
  method: 'get',
  path: '/v1/reports',
  operationId: 'listReports',
  summary: 'The reports',
  input: {},
  answer: { contentType: 'application/json', schema: 'Reports' },
  problems: [],
  run: () =>
    Promise.resolve(
      json({ reports: REPORTS.map(({ id, title, description }) => ({ id, title, description })) }),
    ),
});

export const reportRoute = route({
  method: 'get',
  path: '/v1/reports/{id}',
  operationId: 'getReport',
  summary: 'A report with all of its numbers',
  input: {
    path: v.strictObject({ id: v.pipe(v.string(), v.description('One of /v1/reports')) }),
    query: v.strictObject(SPAN),
  },
  answer: { contentType: 'application/json', schema: 'Report' },
  problems: ['not_found', 'no_data', 'too_many', 'took_too_long', 'unavailable'],
  thread: 'reader',
  run: async ({ path: { id }, query }, { mirror, now, signal }) => {
    const definition = findReport(id);
    if (definition === undefined) {
      throw new ProblemError('not_found', {
        detail: `There is no such report. There are: ${REPORTS.map((report) => report.id).join(', ')}.`,
      });
    }
    const { instances, zone } = await mirror.instances();
    const settings = openingSettings(definition, scopeOf(query.instance, instances));
    const request = {
      settings: { ...settings, period: periodOf(query) ?? settings.period },
      now: Math.floor(now / 1000),
      zone,
      locale: LOCALE,
    };
    const model = await mirror.readReport(signal, (reader) =>
      buildReport(reader, definition, request, { signal }),
    );
    return { contentType: 'application/json', body: reportJson(model) };
  },
});
