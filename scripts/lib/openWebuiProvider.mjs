/** A model provider on loopback, as small as Open WebUI accepts: models, embeddings, chat completions. */
import { createServer } from 'node:http';

const MODELS = ['gpt-x', 'gpt-x-mini', 'llama-y:8b', 'mixtral-q', 'vendor/claude-z'];
const VECTOR_SIZE = 8;

/** @returns {Promise<{ url: string, close: () => void }>} `url` ends in `/v1` */
export async function startProvider() {
  const server = createServer((request, response) => {
    readJson(request)
      .then((body) => answer(request.url ?? '', body))
      .catch((error) => ({ status: 400, content: { error: { message: String(error) } } }))
      .then(({ status, content }) => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(content));
      });
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${server.address().port}/v1`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

const ROUTES = {
  '/v1/models': () => ({
    object: 'list',
    data: MODELS.map((id) => ({ id, object: 'model', created: 1_700_000_000, owned_by: 'stub' })),
  }),
  '/v1/embeddings': ({ input }) => ({
    object: 'list',
    model: 'stub',
    data: [input ?? []].flat().map((_, index) => ({
      object: 'embedding',
      index,
      embedding: Array.from({ length: VECTOR_SIZE }, (_v, i) => (i === index % VECTOR_SIZE ? 1 : 0)),
    })),
    usage: { prompt_tokens: 1, total_tokens: 1 },
  }),
  '/v1/chat/completions': ({ model }) => ({
    id: 'stub-1',
    object: 'chat.completion',
    created: 1_700_000_000,
    model: model ?? MODELS[0],
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Done.' } }],
    usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
  }),
};

function answer(url, body) {
  const route = ROUTES[new URL(url, 'http://localhost').pathname];
  return route
    ? { status: 200, content: route(body) }
    : { status: 404, content: { error: { message: 'Not found' } } };
}

async function readJson(request) {
  const chunks = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  return chunks.length === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString('utf8'));
}
