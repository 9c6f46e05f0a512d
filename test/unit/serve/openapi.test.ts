import assert from 'node:assert/strict';
import { openApiOf } from '../../../src/serve/openapi';
import { PROBLEMS } from '../../../src/serve/http/problem';
import { ROUTES } from '../../../src/serve/routes/allRoutes';
import { ApiStage } from './apiStage';

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly security?: readonly object[];
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly required: boolean }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> };
  readonly responses: Readonly<
    Record<
      string,
      { readonly description: string; readonly content: Readonly<Record<string, { schema: object }>> }
    >
  >;
}

interface Document {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, object>>;
    readonly securitySchemes: object;
  };
  readonly security: readonly object[];
}

const document = JSON.parse(JSON.stringify(openApiOf(ROUTES, '1.2.3'))) as Document;
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

/** Every `$ref` in a value. */
function refsIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' && typeof inner === 'string' ? [inner] : refsIn(inner),
  );
}

/** What a `$ref` points to. */
function resolved(ref: string): unknown {
  return ref
    .replace(/^#\//u, '')
    .split('/')
    .reduce<unknown>((place, key) => (place as Record<string, unknown> | undefined)?.[key], document);
}

describe('The OpenAPI document', () => {
  it('is of version 3.1 and has the parts that it must have', () => {
    assert.match(document.openapi, /^3\.1\.\d$/u);
    assert.deepEqual([document.info.title, document.info.version], ['OpenWebUI Sync', '1.2.3']);
    assert.deepEqual(document.security, [{ token: [] }]);
    assert.deepEqual(document.components.securitySchemes, { token: { type: 'http', scheme: 'bearer' } });
    const known = ['openapi', 'info', 'jsonSchemaDialect', 'paths', 'components', 'security'];
    assert.deepEqual(Object.keys(document).sort(), known.sort());
  });

  it('has every route, with one id each, and only reads', () => {
    assert.deepEqual(
      operations.map(({ path, method }) => `${method} ${path}`).sort(),
      ROUTES.map(({ path, method }) => `${method} ${path}`).sort(),
    );
    const ids = operations.map(({ operation }) => operation.operationId);
    assert.equal(new Set(ids).size, ids.length);
    assert.deepEqual(
      operations.filter(({ method }) => method !== 'get').map(({ path }) => path),
      ['/v1/query'],
    );
  });

  it('resolves every reference', () => {
    const refs = refsIn(document);
    assert.ok(refs.length > 20);
    assert.deepEqual(
      refs.filter((ref) => typeof resolved(ref) !== 'object'),
      [],
    );
  });

  it('declares each parameter of a path, and which parts need a token', () => {
    for (const { path, operation } of operations) {
      const inPath = [...path.matchAll(/\{(\w+)\}/gu)].map(([, name]) => name);
      const declared = operation.parameters.filter((parameter) => parameter.in === 'path');
      assert.deepEqual(
        declared.map(({ name }) => name),
        inPath,
      );
      assert.ok(declared.every(({ required }) => required));
      assert.deepEqual(operation.security, path === '/healthz' ? [] : undefined, path);
    }
  });

  it('tells success and problems of each route as bodies that there are', () => {
    const statuses = new Set(Object.values(PROBLEMS).map(({ status }) => String(status)));
    for (const { operation, path } of operations) {
      for (const [status, { description, content }] of Object.entries(operation.responses)) {
        assert.ok(status === '200' || statuses.has(status), `${path} ${status}`);
        assert.ok(description !== '');
        if (status !== '200') {
          assert.deepEqual(refsIn(content), ['#/components/schemas/Problem']);
        }
      }
    }
  });

  it('describes the body of a query with its limits', () => {
    const schema = document.paths['/v1/query']?.['post']?.requestBody?.content['application/json']?.schema;
    const { properties, required, additionalProperties } = schema as {
      readonly properties: Readonly<Record<string, { readonly maximum?: number; readonly default?: number }>>;
      readonly required: readonly string[];
      readonly additionalProperties: boolean;
    };
    assert.deepEqual(Object.keys(properties), ['sql', 'limit', 'parameters']);
    assert.deepEqual([properties['limit']?.maximum, properties['limit']?.default], [10_000, 1_000]);
    assert.deepEqual([required, additionalProperties], [['sql'], false]);
  });
});

describe('The OpenAPI document that is served', function () {
  this.timeout(120_000);
  const stage = new ApiStage();
  before(() => stage.set(false));
  after(() => stage.strike());

  it('is that of the routes', async () => {
    const response = await stage.ask('/openapi.json');
    assert.deepEqual(await response.json(), document);
    assert.equal((await stage.refused('/openapi.json', 405, { method: 'POST' })).code, 'method_not_allowed');
  });
});
