import type { DeriveContext } from '../reportDefinition';
import type { ReportRow, SentenceModel } from '../reportModel';

/** Below this part of usage, amounts per model, user and chat say little. */
const LOW_SHARE = 0.9;

/**
 * What the bill says in a sentence for each currency, or how to have one.
 * @param datasets `allocation` and `totals`
 */
export function billSentences(
  [allocation = [], totals = []]: readonly (readonly ReportRow[])[],
  { format }: Pick<DeriveContext, 'format'>,
): readonly SentenceModel[] {
  if (allocation.length === 0) {
    const current = totals.find((row) => row['is_current'] === 1);
    if (Number(current?.['billed_coverage'] ?? 0) > 0) {
      return [
        {
          text: 'These instances have a part in bills, but the bills themselves are not in this data.',
          tone: 'plain',
          details: [],
        },
      ];
    }
    const isByList = Number(current?.['cost'] ?? 0) > 0;
    return [
      {
        text: `Nothing was billed in this period${isByList ? ': all cost is by list price' : ''}.`,
        tone: 'plain',
        details: ['Run Connect Azure Cost..., or Import Cost File... to have what was billed.'],
      },
    ];
  }
  const forecast = scaledSentence(totals, format);
  return [
    ...allocation.map((row) => allocationSentence(row, format)),
    ...(forecast === undefined ? [] : [forecast]),
  ];
}

function allocationSentence(row: ReportRow, format: DeriveContext['format']): SentenceModel {
  const money = (field: string): string =>
    `${format.number(row[field] ?? null, 'money')} ${String(row['currency'])}`;
  const basis = row['basis'] === 'Amortised' ? 'amortised' : 'actual';
  const share = row['allocated_share'];
  const amount = (field: string): number => Number(row[field] ?? 0);
  const details = [
    amount('open_cost') === 0
      ? 'The months are closed: the figures are final.'
      : `${money('open_cost')} of it is provisional: its months are open.`,
    amount('unasked_cost') === 0
      ? ''
      : `${money('unasked_cost')} is of resources of which nobody has said what they serve: run Map Azure Resources...`,
    typeof share === 'number' && share < LOW_SHARE
      ? 'Much of the usage is not in the mirror: calls by API, temporary chats, background tasks, other programs.'
      : '',
  ];
  return {
    text:
      `Billed by ${basis} cost: ${money('charged_cost')}. Allocated to generations: ${money('allocated_cost')}; ` +
      `unallocated: ${money('unallocated_cost')}; unmapped resources: ${money('unmapped_cost')}; ` +
      `other charges: ${money('other_charges_cost')}.`,
    tone:
      amount('unasked_cost') !== 0 || (typeof share === 'number' && share < LOW_SHARE) ? 'notable' : 'plain',
    details: details.filter((detail) => detail !== ''),
  };
}

/** What the forecast takes otherwise than by list price. */
function scaledSentence(
  totals: readonly ReportRow[],
  format: DeriveContext['format'],
): SentenceModel | undefined {
  const current = totals.find((row) => row['is_current'] === 1);
  const scaled = current?.['scaled_cost'];
  return typeof scaled === 'number' && scaled > 0
    ? {
        text: `The forecast is an estimate: ${format.number(scaled, 'money')} ${String(current?.['currency'])} by list price is not billed yet and counts there at the models' ratio of bill to list price.`,
        tone: 'plain',
        details: [],
      }
    : undefined;
}
