import type { ReportLink } from '../../../reports/reportModel';
import type { ChartClick } from '../../../reports/specs/chartKinds';

/** Where a click on a mark leads; undefined for marks that stand for nobody in particular, such as "All others". */
export function linkOfMark({ link, field }: ChartClick, datum: unknown): ReportLink | undefined {
  const key: unknown =
    typeof datum === 'object' && datum !== null ? (datum as Record<string, unknown>)[field] : undefined;
  if (link === 'model') {
    return typeof key === 'string' ? { kind: link, modelId: key } : undefined;
  }
  if (typeof key !== 'number' || !Number.isInteger(key)) {
    return undefined;
  }
  switch (link) {
    case 'user':
      return { kind: link, userId: key };
    case 'group':
      return { kind: link, groupId: key };
    case 'instance':
      return { kind: link, instanceId: key };
    case 'chat':
      return { kind: link, chatId: key };
  }
}
