import type { ReportLink } from '../../reports/reportModel';
import type { ReportSettings } from '../../reports/reportSettings';

/**
 * The settings that a clicked name leads to: the same report about that user, model, group or instance alone, or another
 * report. Undefined for a chat, which has a page of its own, and for meter rows.
 */
export function settingsAfter(link: ReportLink, settings: ReportSettings): ReportSettings | undefined {
  const { filter } = settings;
  switch (link.kind) {
    case 'user':
      return { ...settings, filter: { ...filter, users: [link.userId] } };
    case 'group':
      return { ...settings, filter: { ...filter, groups: [link.groupId] } };
    case 'model':
      return { ...settings, filter: { ...filter, models: [link.modelId] } };
    case 'instance':
      return { ...settings, scope: { kind: 'instance', instanceId: link.instanceId } };
    case 'report':
      return { ...settings, reportId: link.reportId, tables: {} };
    case 'chat':
    case 'costLine':
      return undefined;
  }
}
