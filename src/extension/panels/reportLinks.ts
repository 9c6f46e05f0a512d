import { DEFAULT_SETTINGS, parseReportSettings, type ReportSettings } from '../../reports/reportSettings';

/** Path of links to a report: `vscode://PUBLISHER.EXTENSION/report?settings=...`. */
export const REPORT_PATH = '/report';

/** A longer link is none of ours. */
const MAX_LENGTH = 20_000;

/** What a link to a report carries: the settings that are not the usual ones. */
export function queryOfSettings(settings: ReportSettings): string {
  const unusual = Object.entries(settings).filter(
    ([key, value]) =>
      JSON.stringify(value) !== JSON.stringify((DEFAULT_SETTINGS as Readonly<Record<string, unknown>>)[key]),
  );
  return `settings=${encodeURIComponent(JSON.stringify(Object.fromEntries(unusual)))}`;
}

/** The settings of a link's query; undefined when it is none of ours. */
export function settingsOfQuery(query: string): ReportSettings | undefined {
  const text = new URLSearchParams(query).get('settings');
  if (text === null || text.length > MAX_LENGTH) {
    return undefined;
  }
  try {
    return parseReportSettings(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) {
      return undefined;
    }
    throw error;
  }
}
