import { toJsonSchema, toJsonSchemaDefs } from '@valibot/to-json-schema';
import { PROBLEMS, type ProblemCode } from './http/problem';
import { ANSWERS } from './routes/answers';
import type { Route } from './routes/route';

/** What can go wrong at every route. */
const EVERYWHERE: readonly ProblemCode[] = ['bad_request', 'forbidden', 'wrong_host', 'internal'];

const JSON_SCHEMA = { target: 'draft-2020-12', typeMode: 'input', errorMode: 'ignore' } as const;

/** The OpenAPI 3.1 document of routes, made of the same declarations that check requests. */
export function openApiOf(routes: readonly Route[], version: string): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'OpenWebUI Sync',
      version,
      description:
        'Read-only answers from a mirror of Open WebUI servers. The token gives everything that the mirror holds.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    paths: pathsOf(routes),
    components: {
      schemas: toJsonSchemaDefs(ANSWERS, {
        ...JSON_SCHEMA,
        overrideRef: ({ referenceId }) => schemaRef(referenceId),
      }),
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    },
    security: [{ token: [] }],
  };
}

function pathsOf(routes: readonly Route[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: operationOf(route) };
  }
  return paths;
}

function operationOf({ operationId, summary, input, answer, problems, isOpen = false }: Route): object {
  return {
    operationId,
    summary,
    ...(isOpen ? { security: [] } : {}),
    parameters: [...parametersOf('path', input.path), ...parametersOf('query', input.query)],
    ...(input.body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: toJsonSchema(input.body, JSON_SCHEMA) } },
          },
        }),
    responses: {
      200: {
        description: 'Done',
        content: {
          [answer.contentType]: {
            schema: answer.schema === undefined ? { type: 'string' } : { $ref: schemaRef(answer.schema) },
          },
        },
      },
      ...problemsOf(isOpen ? EVERYWHERE : [...EVERYWHERE, 'unauthorized', ...problems]),
    },
  };
}

/** Those of one status share an answer. */
function problemsOf(codes: readonly ProblemCode[]): object {
  const statuses = [...new Set(codes.map((code) => PROBLEMS[code].status))];
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: codes
          .filter((code) => PROBLEMS[code].status === status)
          .map((code) => `${PROBLEMS[code].title} (${code})`)
          .join('; '),
        content: { 'application/problem+json': { schema: { $ref: schemaRef('Problem') } } },
      },
    ]),
  );
}

function parametersOf(place: 'path' | 'query', schema: Route['input']['path']): readonly object[] {
  if (schema === undefined) {
    return [];
  }
  const { properties = {}, required = [] } = toJsonSchema(schema, JSON_SCHEMA);
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...rest } = property as { readonly description?: string };
    return { name, in: place, required: required.includes(name), description, schema: rest };
  });
}

function schemaRef(name: string): string {
  return `#/components/schemas/${name}`;
}
