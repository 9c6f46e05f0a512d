/** The parts of a month that a line can be of; `all`: its control total. */
const PARTS = {
  all: '',
  allocated: "AND s.kind = 'allocated'",
  unallocated: "AND s.kind = 'unallocated'",
  unmapped: "AND s.kind = 'unmapped'",
  other: "AND s.kind NOT IN ('allocated', 'unallocated', 'unmapped')",
} as const;

const LINE =
  /^(?<scope>\d{1,15})\|(?<type>actual|amortized)\|(?<month>\d{4}-\d{2})\|(?<currency>[A-Za-z]{3})\|(?<part>\w+)$/u;

/**
 * The statement that shows the meter rows of a line of the reconciliation, with what became of each; they add up to the line.
 * @param line scope, cost type, month, currency and part, as the report's links hold them
 * @returns undefined for anything else
 */
export function lineSql(line: string): string | undefined {
  const { scope, type, month, currency, part } = LINE.exec(line)?.groups ?? {};
  if (part === undefined || !isPart(part)) {
    return undefined;
  }
  return `SELECT
  d.date,
  d.resource_id,
  d.meter,
  d.meter_subcategory,
  d.charge_type,
  d.quantity AS billed_quantity,
  d.unit,
  d.cost AS row_cost,
  COALESCE(s.cost, d.cost) AS cost,
  d.currency,
  s.kind,
  s.reason,
  i.name AS instance,
  s.model_id,
  s.method,
  s.coverage
FROM cost_daily d
LEFT JOIN cost_shares s ON s.cost_id = d.id AND s.is_deleted = 0
LEFT JOIN instances i ON i.id = s.instance_id
WHERE d.is_deleted = 0
  AND d.scope_id = ${scope ?? ''}
  AND d.cost_type = '${type ?? ''}'
  AND d.date BETWEEN '${month ?? ''}-01' AND '${month ?? ''}-31'
  AND d.currency = '${currency ?? ''}'
  ${PARTS[part]}
ORDER BY d.date, d.resource_id, d.meter, d.charge_type, s.part`;
}

function isPart(text: string): text is keyof typeof PARTS {
  return Object.hasOwn(PARTS, text);
}
