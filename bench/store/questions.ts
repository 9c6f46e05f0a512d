import { buildReport } from '../../src/reports/buildReport';
import type { PresetId } from '../../src/reports/period';
import { REPORTS } from '../../src/reports/catalogue';
import type { ReportScope } from '../../src/reports/reportSettings';
import { createReader } from '../../src/store/reader';
import { rowsOf, type ReportReader } from '../../src/store/resultSet';
import { PROMISED_QUERIES } from '../../test/promisedQueries';
import { NOW } from './generator';
import { reportRequest } from '../reportRequest';
import type { Question } from './measured';
import { ZONE } from './mirrorFolder';
import { COMMON_WORD, RARE_WORD } from './prose';

/** What is asked of the report: everything, and what a window shows when it is opened. */
const REQUESTS: readonly { readonly scope: ReportScope; readonly preset: PresetId }[] = [
  { scope: { kind: 'all' }, preset: 'all' },
  { scope: { kind: 'all' }, preset: 'last30' },
  { scope: { kind: 'instance', instanceId: 1 }, preset: 'all' },
  { scope: { kind: 'instance', instanceId: 1 }, preset: 'last30' },
];

/** Every dataset of every report, its statements caught on their way to the reader. */
export async function reportQuestions(folder: string, workerPath: string): Promise<Question[]> {
  const reader = createReader({ folder, workerPath });
  const questions: Question[] = [];
  try {
    for (const definition of REPORTS) {
      for (const { scope, preset } of REQUESTS) {
        const asked: Omit<Question, 'name'>[] = [];
        const catching: ReportReader = {
          query: (sql, parameters = {}) => {
            asked.push({ sql, parameters });
            return reader.query(sql, parameters);
          },
          generation: () => reader.generation(),
          dispose: () => undefined,
        };
        const request = reportRequest(definition.id, { scope, preset, now: NOW, zone: ZONE });
        const { queries } = await buildReport(catching, definition, request);
        const label = `${definition.id}, ${scope.kind === 'all' ? 'all instances' : 'one instance'}, ${preset}`;
        // What comes before the datasets is asked once for each report: what there is to report on.
        const names = ['sources', ...queries.map(({ id }) => id)];
        questions.push(...asked.map((one, index) => ({ ...one, name: `${label}: ${names[index] ?? ''}` })));
      }
    }
  } finally {
    reader.dispose();
  }
  return questions;
}

export const PROMISED_QUESTIONS: readonly Question[] = Object.entries(PROMISED_QUERIES).map(
  ([name, sql]) => ({
    name,
    // What a person types may end with a semicolon; a prepared statement is the same without.
    sql,
    parameters: {},
  }),
);

/** All text is read. */
export const SCAN_QUESTIONS: readonly Question[] = [
  {
    name: 'content LIKE, a rare word',
    sql: `SELECT count(*) FROM messages WHERE content LIKE '%${RARE_WORD}%'`,
    parameters: {},
  },
  {
    name: 'content LIKE, a common word',
    sql: `SELECT count(*) FROM messages WHERE content LIKE '%${COMMON_WORD}%'`,
    parameters: {},
  },
];

/** The texts of one of the longest chats. */
export async function chatQuestion(folder: string, workerPath: string): Promise<Question> {
  const reader = createReader({ folder, workerPath });
  try {
    const found = await reader.query(
      'SELECT id FROM chats ORDER BY message_count DESC, id LIMIT 1 OFFSET 20',
    );
    return {
      name: 'texts of one chat',
      sql: 'SELECT id, content FROM messages WHERE chat_id = :chat ORDER BY id',
      parameters: { chat: Number(rowsOf(found)[0]?.['id']) },
    };
  } finally {
    reader.dispose();
  }
}
