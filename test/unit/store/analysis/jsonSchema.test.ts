import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analysisSchema } from '../../../../src/store/analysis/analysisSchema';

/** What both forms of a schema say: kinds, keys, which of them are needed, and choices. */
type Shape =
  | {
      readonly kind: 'object';
      readonly keys: Readonly<Record<string, Shape>>;
      readonly required: readonly string[];
    }
  | { readonly kind: 'array'; readonly item: Shape }
  | { readonly kind: 'choice'; readonly options: readonly unknown[] }
  | { readonly kind: 'string' | 'number' };

/** As far as valibot's schemas are looked into. */
interface Checked {
  readonly type: string;
  readonly pipe?: readonly Checked[];
  readonly wrapped?: Checked;
  readonly item?: Checked;
  readonly entries?: Readonly<Record<string, Checked>>;
  readonly options?: readonly unknown[];
  readonly literal?: unknown;
}

interface Declared {
  readonly $ref?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly items?: Declared;
  readonly properties?: Readonly<Record<string, Declared>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly definitions?: Readonly<Record<string, Declared>>;
}

function shapeOfChecked(schema: Checked): Shape {
  const plain = schema.wrapped ?? schema.pipe?.[0] ?? schema;
  if (plain !== schema) {
    return shapeOfChecked(plain);
  }
  if (schema.entries !== undefined) {
    assert.equal(schema.type, 'strict_object', 'an unknown key would get lost');
    const entries = Object.entries(schema.entries);
    return {
      kind: 'object',
      keys: Object.fromEntries(entries.map(([key, value]) => [key, shapeOfChecked(value)])),
      required: entries.filter(([, { type }]) => type !== 'optional').map(([key]) => key),
    };
  }
  if (schema.item !== undefined) {
    return { kind: 'array', item: shapeOfChecked(schema.item) };
  }
  if (schema.type === 'picklist' || schema.type === 'literal') {
    return { kind: 'choice', options: schema.options ?? [schema.literal] };
  }
  assert.ok(schema.type === 'string' || schema.type === 'number', schema.type);
  return { kind: schema.type };
}

function shapeOfDeclared(schema: Declared, whole: Declared): Shape {
  if (schema.$ref !== undefined) {
    const named = whole.definitions?.[schema.$ref.replace('#/definitions/', '')];
    assert.ok(named !== undefined, schema.$ref);
    return shapeOfDeclared(named, whole);
  }
  const options = schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
  if (options !== undefined) {
    return { kind: 'choice', options };
  }
  if (schema.properties !== undefined) {
    assert.equal(schema.additionalProperties, false);
    const keys = Object.entries(schema.properties);
    return {
      kind: 'object',
      keys: Object.fromEntries(keys.map(([key, value]) => [key, shapeOfDeclared(value, whole)])),
      required: schema.required ?? [],
    };
  }
  if (schema.items !== undefined) {
    return { kind: 'array', item: shapeOfDeclared(schema.items, whole) };
  }
  return { kind: schema.type === 'string' ? 'string' : 'number' };
}

describe('The schema of analysis.json for editors', () => {
  const media = join(__dirname, '../../../../media/analysis.schema.json');
  const declared = JSON.parse(readFileSync(media, 'utf8')) as Declared;

  it('says what the file is checked by', () => {
    const checked = analysisSchema(0) as unknown as Checked;
    assert.deepEqual(shapeOfDeclared(declared, declared), shapeOfChecked(checked));
  });

  it('explains every key', () => {
    const unexplained = Object.entries(declared.properties ?? {})
      .flatMap(([key, value]) => [[key, value], ...Object.entries(value.items?.properties ?? {})] as const)
      .filter(([, value]) => (value as { readonly description?: string }).description === undefined)
      .map(([key]) => key);
    assert.deepEqual(unexplained, []);
  });
});
