import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Fault } from '../faults';
import { json, webApp, type Reply } from './replies';

const gzipAsync = promisify(gzip);

/** Bodies below this are not worth packing, as on the real server. */
const GZIP_FROM_BYTES = 500;
const BLANKS_BYTES = 1024 * 1024;

interface Packed {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Sends an answer whole. */
export async function send(response: ServerResponse, reply: Reply, useGzip: boolean): Promise<void> {
  const packed = await pack(reply, useGzip);
  response.writeHead(packed.status, { ...packed.headers, 'content-length': String(packed.body.length) });
  response.end(packed.body);
}

/**
 * Does to an answer what the fault says.
 * @returns the status that went out, 0 when none did
 */
export async function sendFaulty(
  response: ServerResponse,
  fault: Exclude<Fault, { kind: 'meanwhile' }>,
  rightReply: (query?: Readonly<Record<string, string>>) => Reply,
  signal: AbortSignal,
): Promise<number> {
  switch (fault.kind) {
    case 'reply':
      await send(response, withHeaders(response, fault), false);
      return fault.status;
    case 'html':
      await send(response, webApp(fault.status ?? 200), false);
      return fault.status ?? 200;
    case 'reset':
      response.destroy();
      return 0;
    case 'hang':
      return sendAndHang(response, fault.after ?? 'request', rightReply);
    case 'truncate':
      return sendCut(response, await pack(rightReply(), false), fault.cut);
    case 'drip':
      return sendSlowly(response, await pack(rightReply(), false), fault, signal);
    case 'flood':
      return sendFlood(response, await pack(rightReply(), false), fault, signal);
    case 'misread':
      return sendWhole(response, rightReply(fault.query));
    case 'rewrite':
      return sendWhole(response, rewritten(rightReply(), fault.change));
    case 'retext':
      return sendWhole(response, retexted(rightReply(), fault.change));
  }
}

async function sendWhole(response: ServerResponse, reply: Reply): Promise<number> {
  await send(response, reply, false);
  return reply.status;
}

function rewritten(reply: Reply, change: (body: unknown) => unknown): Reply {
  // A copy: what the change does must not reach the world.
  return reply.kind === 'json' ? { ...reply, body: change(structuredClone(reply.body)) } : reply;
}

function retexted(reply: Reply, change: (text: string) => string): Reply {
  return reply.kind === 'text'
    ? { ...reply, body: change(reply.body) }
    : {
        kind: 'text',
        status: reply.status,
        contentType: 'application/json',
        body: change(JSON.stringify(reply.body)),
      };
}

async function pack(reply: Reply, useGzip: boolean): Promise<Packed> {
  const contentType = reply.kind === 'json' ? 'application/json' : reply.contentType;
  const body = Buffer.from(reply.kind === 'json' ? JSON.stringify(reply.body) : reply.body);
  const headers = { 'content-type': contentType, 'x-process-time': '0' };
  return useGzip && body.length >= GZIP_FROM_BYTES
    ? {
        status: reply.status,
        headers: { ...headers, 'content-encoding': 'gzip' },
        body: await gzipAsync(body, { level: 1 }),
      }
    : { status: reply.status, headers, body };
}

function withHeaders(response: ServerResponse, fault: Extract<Fault, { kind: 'reply' }>): Reply {
  const { status, body = '', headers = {} } = fault;
  const { 'content-type': contentType = 'text/plain; charset=utf-8', ...others } =
    typeof headers === 'function' ? headers() : headers;
  for (const [name, value] of Object.entries(others)) {
    response.setHeader(name, value);
  }
  return typeof body === 'string' ? { kind: 'text', status, contentType, body } : json(body, status);
}

async function sendAndHang(
  response: ServerResponse,
  after: 'request' | 'headers' | 'half',
  rightReply: () => Reply,
): Promise<number> {
  if (after === 'request') {
    return 0;
  }
  const packed = await pack(rightReply(), false);
  response.writeHead(packed.status, packed.headers);
  response.flushHeaders();
  if (after === 'half') {
    response.write(halfOf(packed.body));
  }
  return packed.status;
}

function halfOf(body: Buffer): Buffer {
  return body.subarray(0, Math.floor(body.length / 2));
}

/** `announced`: the length is promised and not kept. `silent`: the end looks like a right end. */
function sendCut(response: ServerResponse, packed: Packed, cut: 'announced' | 'silent'): number {
  const half = halfOf(packed.body);
  if (cut === 'silent') {
    response.shouldKeepAlive = false;
    response.useChunkedEncodingByDefault = false;
    response.writeHead(packed.status, packed.headers);
    response.end(half);
  } else {
    response.writeHead(packed.status, { ...packed.headers, 'content-length': String(packed.body.length) });
    response.write(half, () => response.destroy());
  }
  return packed.status;
}

async function sendSlowly(
  response: ServerResponse,
  packed: Packed,
  pace: { readonly chunkBytes: number; readonly everyMs: number },
  signal: AbortSignal,
): Promise<number> {
  response.writeHead(packed.status, { ...packed.headers, 'content-length': String(packed.body.length) });
  for (let start = 0; start < packed.body.length && !signal.aborted; start += pace.chunkBytes) {
    response.write(packed.body.subarray(start, start + pace.chunkBytes));
    await sleep(pace.everyMs, undefined, { signal }).catch(() => undefined);
  }
  response.end();
  return packed.status;
}

/** Blanks after a JSON value belong to the JSON: nothing but the size is wrong. */
async function sendFlood(
  response: ServerResponse,
  packed: Packed,
  { bytes, announced }: { readonly bytes: number; readonly announced: boolean },
  signal: AbortSignal,
): Promise<number> {
  const length = { 'content-length': String(packed.body.length + bytes) };
  response.writeHead(packed.status, { ...packed.headers, ...(announced ? length : {}) });
  response.write(packed.body);
  const blanks = Buffer.alloc(BLANKS_BYTES, ' ');
  for (let left = bytes; left > 0 && !signal.aborted; left -= blanks.length) {
    if (!response.write(blanks.subarray(0, left))) {
      await once(response, 'drain', { signal }).catch(() => undefined);
    }
  }
  response.end();
  return packed.status;
}
