import type { DeriveContext } from '../reportDefinition';
import type { ReportRow, SentenceModel } from '../reportModel';

type Format = DeriveContext['format'];

/** Amounts below are rounding of the cloud's own figures. */
const ROUNDING = 0.01;

/**
 * How the bills stand, what needs somebody first; how to have some where there are none.
 * @param datasets `months`, `invoices` and `restatements`
 */
export function stateSentences(
  [months = [], invoices = [], restatements = []]: readonly (readonly ReportRow[])[],
  { format }: Pick<DeriveContext, 'format'>,
): readonly SentenceModel[] {
  if (months.length === 0 && invoices.length === 0) {
    return [
      {
        text: 'No bill of these months is here.',
        tone: 'notable',
        details: ['Run Connect Azure Cost..., or Import Cost File..., or choose a longer period.'],
      },
    ];
  }
  const different = months.filter((row) => row['is_different'] === 1);
  const unexplained = invoices.filter((row) => Math.abs(amountIn(row, 'invoice_unexplained')) >= ROUNDING);
  const sentences = [
    ...different.map((row) => differenceSentence(row, format)),
    ...unexplained.map((row) => unexplainedSentence(row, format)),
    ...unmappedSentences(months, format),
    ...openSentences(months),
    ...restatedSentences(restatements, format),
  ];
  const isWhole = different.length === 0 && unexplained.length === 0;
  return isWhole
    ? [
        ...sentences,
        { text: 'All rows add up to the totals that the cloud gives.', tone: 'plain', details: [] },
      ]
    : sentences;
}

function differenceSentence(row: ReportRow, format: Format): SentenceModel {
  const name = `${String(row['month'])}, ${String(row['scope'])}, ${String(row['basis']).toLowerCase()} cost`;
  return row['control_total'] === null
    ? {
        text: `${name}: rows are there, but no total in ${String(row['currency'])}.`,
        tone: 'alert',
        details: ['Run Sync Azure Cost to read the month again.'],
      }
    : {
        text: `${name}: rows differ from the total by ${money(row, 'control_difference', format)}.`,
        tone: 'alert',
        details: ['Run Sync Azure Cost to read the month again; when it stays, see Show Log.'],
      };
}

function unexplainedSentence(row: ReportRow, format: Format): SentenceModel {
  return {
    text: `${String(row['month'])}, ${String(row['scope'])}: ${money(row, 'invoice_unexplained', format)} of the invoice is unexplained.`,
    tone: 'notable',
    details: [
      'Enter its tax, credits, support and other scopes with the invoice, or look at the meter rows.',
    ],
  };
}

/** Of the newest month: older ones have the same resources. */
function unmappedSentences(months: readonly ReportRow[], format: Format): SentenceModel[] {
  return months
    .filter((row) => amountIn(row, 'unasked_cost') !== 0)
    .slice(0, 1)
    .map((row) => ({
      text: `Of ${money(row, 'unasked_cost', format)} in ${String(row['month'])} nobody has said which instances the resources serve.`,
      tone: 'notable',
      details: ['Run Map Azure Resources... and say which they serve, or that they serve none.'],
    }));
}

function openSentences(months: readonly ReportRow[]): SentenceModel[] {
  const open = [...new Set(months.filter((row) => row['is_open'] === 1).map((row) => String(row['month'])))];
  return open.length === 0
    ? []
    : [
        {
          text: `Not final: ${open.join(', ')}. The cloud may change the figures until the month is closed.`,
          tone: 'plain',
          details: [],
        },
      ];
}

function restatedSentences(restatements: readonly ReportRow[], format: Format): SentenceModel[] {
  return restatements.length === 0
    ? []
    : [
        {
          text: `Amounts of days that were restated since they were first read: ${format.number(restatements.length, 'integer')}.`,
          tone: 'plain',
          details: [],
        },
      ];
}

function money(row: ReportRow, field: string, format: Format): string {
  return `${format.number(row[field] ?? null, 'money')} ${String(row['currency'])}`;
}

function amountIn(row: ReportRow, field: string): number {
  return Number(row[field] ?? 0);
}
