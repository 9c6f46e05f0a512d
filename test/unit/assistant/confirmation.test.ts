import assert from 'node:assert/strict';
import { toolNamed } from './support';

const OPEN = [
  { id: 1, name: 'alpha*', text: false },
  { id: 2, name: 'beta', text: true },
];

describe('The question before a tool runs', () => {
  const questionOf = (sql: string): string =>
    toolNamed('openwebui_run_query').question({ sql }, OPEN)?.message ?? '';

  it('shows the whole statement, the instances with what is read of them, and where the rows go', () => {
    const sql = `SELECT ${'x, '.repeat(2_000)}1\nFROM users -- the end`;
    assert.equal(
      questionOf(sql),
      [
        'The chat wants to run this statement on a read-only copy, which holds **alpha\\*** (without the text of messages), ' +
          '**beta** (with the text of messages) and nothing else:',
        `\`\`\`sql\n${sql}\n\`\`\``,
        'The rows that it returns, at most 200, go to the provider of the chat’s model.',
      ].join('\n\n'),
    );
  });

  it('says how many rows were asked for', () => {
    const question = toolNamed('openwebui_run_query').question({ sql: 'SELECT 1', limit: 7 }, OPEN);
    assert.match(question?.message ?? '', /at most 7,/u);
  });

  it('cannot be left by backticks in the statement', () => {
    const question = questionOf('SELECT 1 -- ````\n```\n**All is well.**');
    assert.match(question, /\n\n`{5}sql\n[\s\S]*\n`{5}\n\n/u);
    assert.equal(question.match(/`{5,}/gu)?.length, 2);
  });

  it('names the report, its period and its instances', () => {
    const question = toolNamed('openwebui_get_report').question(
      { report: 'users', from: '2026-01-01', to: '2026-01-31', instances: ['beta'] },
      OPEN,
    );
    assert.match(
      question?.message ?? '',
      /\*\*Users\*\* \(2026\S*01\S*01 – 2026\S*01\S*31\) of \*\*beta\*\*/u,
    );
    assert.doesNotMatch(question?.message ?? '', /alpha/u);
    assert.match(question?.message ?? '', /go to the provider/u);
  });

  it('is left out where the call will fail anyway, or tells no rows', () => {
    const query = toolNamed('openwebui_run_query');
    assert.equal(query.question({}, OPEN), undefined);
    assert.equal(query.question({ sql: 'SELECT 1' }, []), undefined);
    const report = toolNamed('openwebui_get_report');
    assert.equal(report.question({ report: 'users', instances: ['gamma'] }, OPEN), undefined);
    assert.equal(toolNamed('openwebui_get_schema').question({}, OPEN), undefined);
  });
});
