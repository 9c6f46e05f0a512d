import { INSTANCE, PERSON, RANK, STEP } from '../columns';
import type { ColumnDefinition, ReportDefinition } from '../reportDefinition';
import { bothSpans } from '../sqlTemplate';
import bases from './bases.sql';
import byBucket from './by_bucket.sql';
import byInstance from './by_instance.sql';
import byType from './by_type.sql';
import files from './files.sql';
import known from './known.sql';
import { knownSince } from './knownSince';
import library from './library.sql';
import since from './since.sql';
import spans from './spans.sql';
import tools from './tools.sql';
import totals from './totals.sql';
import unusedByAge from './unused_by_age.sql';
import unusedFiles from './unused_files.sql';

/** A statement with the tables that several share in place of their names. */
function withShared(sql: string): string {
  return sql
    .replace('{{library}}', library.trim())
    .replace('{{known}}', known.trim())
    .replace('{{spans}}', bothSpans(spans));
}

const OWNER: ColumnDefinition = { ...PERSON, title: 'Owner' };
const BASE: ColumnDefinition = { field: 'base', title: 'Knowledge base', holds: 'file' };
const FILE: ColumnDefinition = { field: 'file', title: 'File', holds: 'file' };
const TYPE: ColumnDefinition = { field: 'content_type', title: 'Type' };
const SIZE: ColumnDefinition = { field: 'library_bytes', title: 'Size', format: 'bytes' };
const STATE: ColumnDefinition = { field: 'state', title: 'Use' };
const LAST_USED: ColumnDefinition = { field: 'last_used', title: 'Last used' };
const TURNS: ColumnDefinition = { field: 'source_turns', format: 'integer' };
const USERS: ColumnDefinition = { field: 'source_users', format: 'integer' };

/** Which knowledge bases, files, tools and web searches are used, and what lies about unused. */
export const knowledgeReport: ReportDefinition = {
  id: 'knowledge',
  title: 'Knowledge and files',
  description: 'Which knowledge bases, files, tools and web searches are used, and what lies about unused.',
  facts: ['since'],
  datasets: {
    totals: { title: 'Totals', sql: withShared(totals) },
    since: { title: 'Since when use is known', sql: withShared(since) },
    by_bucket: { title: 'Use over time', sql: withShared(byBucket) },
    bases: { title: 'Knowledge bases', sql: withShared(bases), rowLimit: 50 },
    files: { title: 'Files', sql: withShared(files), rowLimit: 50 },
    unused_files: { title: 'Files that are never used', sql: withShared(unusedFiles), rowLimit: 50 },
    unused_by_age: { title: 'Unused size by age', sql: withShared(unusedByAge) },
    by_type: { title: 'Files by type', sql: withShared(byType), rowLimit: 50 },
    tools: { title: 'Tools', sql: tools, rowLimit: 50 },
    by_instance: { title: 'Instances', sql: withShared(byInstance), isForSeveral: true },
  },
  sections: [
    {
      id: 'totals',
      title: 'Totals',
      blocks: [
        {
          type: 'kpis',
          id: 'kpis',
          dataset: 'totals',
          tiles: [
            { metric: 'retrieval_turns', note: 'known for {source_coverage} of turns' },
            { metric: 'knowledge_reach' },
            { metric: 'web_searches' },
            { metric: 'tool_calls', note: 'by {tool_answers} answers' },
            { metric: 'knowledge_bases' },
            { metric: 'used_base_share', note: '{used_bases} of {knowledge_bases}' },
            { metric: 'library_files' },
            { metric: 'used_file_share', note: '{used_files} of {library_files}' },
            { metric: 'library_bytes' },
            { metric: 'unused_bytes', note: '{unused_files} files' },
          ],
        },
        {
          type: 'text',
          id: 'since',
          title: 'What is known',
          description: 'Since when the mirror knows what messages use.',
          datasets: ['since'],
          write: ([rows = []], { format }) => knownSince(rows[0], format),
        },
      ],
    },
    {
      id: 'use',
      title: 'Use',
      blocks: [
        {
          type: 'chart',
          id: 'useOverTime',
          title: 'Use over time',
          description: 'Turns with retrieval, answers with a web search, and answers that called tools.',
          dataset: 'by_bucket',
          chart: {
            kind: 'lines',
            values: ['retrieval_turns', 'web_searches', 'tool_answers'],
            axisTitle: 'Turns and answers',
          },
          isWide: true,
          columns: [
            STEP,
            { field: 'retrieval_turns', format: 'integer' },
            { field: 'web_searches', format: 'integer' },
            { field: 'tool_answers', format: 'integer' },
          ],
        },
        {
          type: 'table',
          id: 'toolTable',
          title: 'Tools',
          description: 'Most calls first. Tools of one name on several instances are one row.',
          dataset: 'tools',
          rowsAre: 'tools',
          columns: [
            RANK,
            { field: 'tool', title: 'Tool' },
            { field: 'tool_calls', format: 'integer' },
            { field: 'tool_answers', format: 'integer' },
            USERS,
            LAST_USED,
          ],
        },
      ],
    },
    {
      id: 'instances',
      title: 'Instances',
      isForSeveral: true,
      blocks: [
        {
          type: 'table',
          id: 'instanceTable',
          title: 'All instances',
          description: 'Side by side.',
          dataset: 'by_instance',
          rowsAre: 'instances',
          columns: [
            INSTANCE,
            { field: 'retrieval_turns', format: 'integer' },
            { field: 'knowledge_reach', format: 'integer' },
            { field: 'web_searches', format: 'integer' },
            { field: 'tool_calls', format: 'integer' },
            { field: 'source_coverage', format: 'percent' },
            { field: 'knowledge_bases', format: 'integer' },
            { field: 'library_files', format: 'integer' },
            SIZE,
          ],
        },
      ],
    },
    {
      id: 'bases',
      title: 'Knowledge bases',
      blocks: [
        {
          type: 'table',
          id: 'baseTable',
          title: 'All knowledge bases',
          description:
            'Most used first. A base is used by turns that carry it or one of its files, and by answers that were given something of it; "never" means in no message that the mirror knows, whenever.',
          dataset: 'bases',
          rowsAre: 'knowledge bases',
          columns: [
            RANK,
            BASE,
            INSTANCE,
            STATE,
            TURNS,
            USERS,
            LAST_USED,
            {
              field: 'file_count',
              title: 'Files',
              format: 'integer',
              definition: 'Files of the knowledge base on the server at the last sync.',
            },
            SIZE,
            OWNER,
          ],
        },
      ],
    },
    {
      id: 'files',
      title: 'Files',
      blocks: [
        {
          type: 'chart',
          id: 'unusedByAge',
          title: 'Unused size by age',
          description: 'Files that no message is known to have used, by the time since they were uploaded.',
          dataset: 'unused_by_age',
          chart: {
            kind: 'columns',
            category: 'age',
            categoryTitle: 'Age in days',
            value: 'unused_bytes',
          },
          columns: [
            { field: 'age', title: 'Age in days' },
            {
              field: 'unused_files',
              title: 'Unused files',
              format: 'integer',
              definition: 'Files that no message is known to have used, whenever.',
            },
            { field: 'unused_bytes', format: 'bytes' },
          ],
        },
        {
          type: 'chart',
          id: 'sizeByType',
          title: 'Size by type',
          description: 'The ten types of files that take most.',
          dataset: 'by_type',
          chart: {
            kind: 'bars',
            label: 'content_type',
            value: 'library_bytes',
            valueTitle: 'Size',
            format: 'bytes',
            top: 10,
          },
          columns: [
            RANK,
            TYPE,
            { field: 'library_files', format: 'integer' },
            SIZE,
            { field: 'unused_bytes', format: 'bytes' },
          ],
        },
        {
          type: 'table',
          id: 'unusedTable',
          title: 'Files that are never used',
          description: 'Largest first: in no message that the mirror knows, whenever.',
          dataset: 'unused_files',
          rowsAre: 'files',
          columns: [RANK, FILE, INSTANCE, BASE, OWNER, TYPE, SIZE, { field: 'uploaded', title: 'Uploaded' }],
        },
        {
          type: 'table',
          id: 'fileTable',
          title: 'All files',
          description: 'Most used first.',
          dataset: 'files',
          rowsAre: 'files',
          columns: [RANK, FILE, INSTANCE, BASE, STATE, TURNS, USERS, LAST_USED, TYPE, SIZE, OWNER],
        },
      ],
    },
  ],
  notes: [],
};
