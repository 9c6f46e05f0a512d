import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { describeSchema } from '../../store/schema/describeSchema';
import type { SchemaTable } from '../../store/schema/schemaTypes';
import { chosenOf, ToolError } from '../available';
import { SQL_EXAMPLES, SQL_RULES, todayText } from '../modelWords';
import { toolOf } from '../toolTypes';

/** The tables, as a model needs them to write a statement; of named ones each column. */
export const getSchema = toolOf({
  name: 'openwebui_get_schema',
  input: v.object({ tables: v.optional(v.array(v.string())) }),
  progress: () => l10n.t('Reading the tables of the Open WebUI mirror'),
  run: async ({ tables: wanted = [] }, { available, reader, now, zone }) => {
    const all = await describeSchema(reader(chosenOf(available)));
    const tables = all.filter(({ isInternal }) => !isInternal);
    if (wanted.length > 0) {
      return { text: wanted.map((name) => inDetail(tableNamed(tables, name))).join('\n\n') };
    }
    const parts = [
      todayText(now, zone),
      SQL_RULES,
      `Tables and views:\n${tables.map(inShort).join('\n')}`,
      SQL_EXAMPLES,
      'Call openwebui_get_schema with "tables" for the type and meaning of each column.',
    ];
    return { text: parts.join('\n\n') };
  },
});

function tableNamed(tables: readonly SchemaTable[], wanted: string): SchemaTable {
  const table = tables.find(({ name }) => name.toLowerCase() === wanted.trim().toLowerCase());
  if (table === undefined) {
    throw new ToolError(
      `There is no table or view "${wanted}". There are: ${tables.map(({ name }) => name).join(', ')}.`,
    );
  }
  return table;
}

function inShort({ name, meaning, columns }: SchemaTable): string {
  return `- ${name}(${columns.map((column) => column.name).join(', ')}): ${meaning ?? ''}`;
}

function inDetail({ name, kind, meaning, columns }: SchemaTable): string {
  const lines = columns.map(({ name: column, type, meaning: means }) =>
    [`- ${column}`, ...(type === '' ? [] : [type]), ...(means === undefined ? [] : [`: ${means}`])].join(' '),
  );
  return [`${kind} ${name}: ${meaning ?? ''}`, ...lines].join('\n');
}
