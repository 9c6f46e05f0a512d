import * as l10n from '@vscode/l10n';
import type { QueryRunner } from '../../../../store/resultSet';
import type { ShownText } from '../../../views/textDocuments';
import { wordsOf } from '../query/words';
import { planText } from './planText';

/** No plan is as long. */
const MOST_STEPS = 10_000;

/** How SQLite would run a statement, as a text to show. @throws SqlError with the place in the statement when it is wrong */
export async function explainStatement(
  queries: Pick<QueryRunner, 'check' | 'run'>,
  sql: string,
): Promise<ShownText> {
  const { error } = await queries.check(sql);
  if (error !== undefined) {
    throw error;
  }
  const plain = withoutExplain(sql);
  const plan = await queries.run(`EXPLAIN QUERY PLAN ${plain}`, { limit: MOST_STEPS });
  return { title: l10n.t('Query Plan'), text: planText(plain, plan) };
}

function withoutExplain(sql: string): string {
  const words = wordsOf(sql);
  if (words[0]?.keyword !== 'EXPLAIN') {
    return sql;
  }
  const isPlan = words[1]?.keyword === 'QUERY' && words[2]?.keyword === 'PLAN';
  return sql.slice(words[isPlan ? 3 : 1]?.start ?? sql.length);
}
