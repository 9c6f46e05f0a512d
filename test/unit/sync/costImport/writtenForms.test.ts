import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { utcDateOf } from '../../../../src/store/costs/costEntries';
import type { CostRow } from '../../../../src/store/costs/costTypes';
import { readCostFile } from '../../../../src/sync/costImport/readCostFile';
import { useTemporaryFolder } from '../../store/builders';
import { NOW, SUBSCRIPTION } from './importHarness';

const HEADER = ['Date', 'SubscriptionId', 'MeterName', 'Quantity', 'Cost', 'Currency'];

type Line = readonly [date: string, quantity: string, cost: string];

/** A file as a program of some language writes it. */
function table(lines: readonly Line[], delimiter = ',', header: readonly string[] = HEADER): string {
  const quoted = (text: string): string => (text.includes(delimiter) ? `"${text}"` : text);
  const rows = lines.map(([date, quantity, cost], index) =>
    [date, SUBSCRIPTION, `meter ${index}`, quantity, cost, 'EUR', ...(header === HEADER ? [] : ['x'])]
      .map(quoted)
      .join(delimiter),
  );
  return `${[header.join(delimiter), ...rows].join('\n')}\n`;
}

/** The rows of a file, as the meters of its lines are numbered. */
async function rowsIn(folder: string, content: string | Uint8Array): Promise<readonly CostRow[]> {
  const path = join(folder, 'costs.csv');
  writeFileSync(path, content);
  const { scopes } = await readCostFile({ paths: [path] }, NOW, new AbortController().signal);
  return scopes
    .flatMap(({ months }) => months.flatMap(({ rows }) => rows))
    .sort((one, other) => (one.meter < other.meter ? -1 : 1));
}

describe('How a cost file writes its dates', () => {
  const folder = useTemporaryFolder();
  const dates = async (content: string): Promise<string[]> =>
    (await rowsIn(folder(), content)).map(({ utcDay }) => utcDateOf(utcDay));
  const written = (...days: readonly string[]): string => table(days.map((day) => [day, '1', '1.5']));

  it('is told by one day beyond the twelfth, wherever in the file', async () => {
    assert.deepEqual(await dates(written('10/01/2025', '10/13/2025')), ['2025-10-01', '2025-10-13']);
  });

  it('is told by it also where the day comes first', async () => {
    assert.deepEqual(await dates(written('01/10/2025', '13/10/2025')), ['2025-10-01', '2025-10-13']);
    assert.deepEqual(await dates(written('1-9-2025', '13-9-2025')), ['2025-09-01', '2025-09-13']);
  });

  it('is told by the billing period', async () => {
    const header = [...HEADER, 'billingPeriodEndDate'];
    const content = table([['10/01/2025', '1', '1.5']], ',', header);
    assert.deepEqual(await dates(content.replace(/,x$/mu, ',10/31/2025')), ['2025-10-01']);
    assert.deepEqual(await dates(content.replace(/,x$/mu, ',31/01/2025')), ['2025-01-10']);
  });

  it('is told by the calendar: nobody has used anything in the future', async () => {
    // Imported on 20 November 2025.
    assert.deepEqual(await dates(written('11/12/2025')), ['2025-11-12']);
    assert.deepEqual(await dates(written('01/12/2025')), ['2025-01-12']);
    assert.deepEqual(await dates(written('12/01/2025')), ['2025-01-12']);
  });

  it('is not guessed where every date may be two days', async () => {
    await assert.rejects(
      dates(written('10/01/2025', '10/02/2025')),
      /whether "10\/01\/2025" is 2025-10-01 or 2025-01-10\..*Nothing was imported/u,
    );
    await assert.rejects(dates(written('13/10/2025', '10/14/2025')), /Row 3: "10\/14\/2025" is no date/u);
  });

  it('does not matter where both readings are one day, or the year comes first', async () => {
    assert.deepEqual(await dates(written('10/10/2025', '05/05/2025')), ['2025-10-10', '2025-05-05']);
    assert.deepEqual(await dates(written('2025-10-01', '20251002', '3.10.2025')), [
      '2025-10-01',
      '2025-10-02',
      '2025-10-03',
    ]);
  });
});

describe('How a cost file writes its amounts', () => {
  const folder = useTemporaryFolder();
  const amounts = async (content: string | Uint8Array): Promise<unknown[]> =>
    (await rowsIn(folder(), content)).map(({ costE8, quantity }) => [Number(costE8) / 1e8, quantity]);
  const written = (delimiter: string, ...costs: readonly (readonly [string, string])[]): string =>
    table(
      costs.map(([quantity, cost]) => ['2025-10-01', quantity, cost]),
      delimiter,
    );

  it('may be with a decimal comma, quantities too', async () => {
    assert.deepEqual(await amounts(written(';', ['10,5', '0,001'], ['1.234,5', '-1.234,567'])), [
      [0.001, 10.5],
      [-1234.567, 1234.5],
    ]);
  });

  it('may be with groups of digits', async () => {
    assert.deepEqual(await amounts(written(',', ['1,234', '1,234.5'], ['1', '1,000'])), [
      [1234.5, 1234],
      [1000, 1],
    ]);
  });

  it('is with a point where commas separate columns and nothing says otherwise', async () => {
    assert.deepEqual(await amounts(written(',', ['1', '1.234'], ['2', '5'])), [
      [1.234, 1],
      [5, 2],
    ]);
  });

  it('is not guessed where a mark may be either', async () => {
    for (const cost of ['1,234', '1.234']) {
      await assert.rejects(
        amounts(written(';', ['1', cost])),
        new RegExp(`whether "${cost.replace('.', '\\.')}" has decimals or groups`, 'u'),
      );
    }
  });

  it('is told by any row of the file', async () => {
    assert.deepEqual(await amounts(written(';', ['1', '1.234'], ['1', '0,5'])), [
      [1234, 1],
      [0.5, 1],
    ]);
    assert.deepEqual(await amounts(written('\t', ['1', '1,234'], ['0.5', '2'])), [
      [1234, 1],
      [2, 0.5],
    ]);
  });

  it('is the same in UTF-16, as Excel and PowerShell write it', async () => {
    const text = `\ufeff${written('\t', ['1', '1,5'])}`;
    const little = Buffer.from(text, 'utf16le');
    assert.deepEqual(await amounts(little), [[1.5, 1]]);
    assert.deepEqual(await amounts(Buffer.from(little).swap16()), [[1.5, 1]]);
  });
});
