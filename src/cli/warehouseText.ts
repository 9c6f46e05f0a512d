import { countOf, formatDateTime, formatDuration } from '../sync/words';
import { pushedRows } from '../warehouse/warehousesFile';
import type { LastPush, PushResult, Warehouse, WarehouseFacts } from '../warehouse/warehouseTypes';
import { shellWord } from './shellWord';

/** `postgres://user@host:5432/database`, without a password, as it can be typed. */
export function addressText({ user, host, port, database }: Warehouse): string {
  // The folder of a socket is a host too.
  const shown = host.startsWith('/') ? encodeURIComponent(host) : host.includes(':') ? `[${host}]` : host;
  return `postgres://${encodeURIComponent(user)}@${shown}:${port}/${encodeURIComponent(database)}`;
}

/** One line for a list. */
export function warehouseLine(warehouse: Warehouse, zone: string): string {
  const { name, schema, ssl, password, lastPush } = warehouse;
  const parts = [
    name,
    addressText(warehouse),
    `schema: ${schema}`,
    `TLS: ${ssl}`,
    ...(password === undefined
      ? []
      : [`password: ${password.kind === 'file' ? password.path : `$${password.variable}`}`]),
    lastPush === undefined ? 'never pushed' : `last push: ${lastPushText(lastPush, zone)}`,
  ];
  return `${parts.join('  ')}\n`;
}

/** What the test of a connection found. */
export function factsText(
  { name }: Warehouse,
  { server, isEncrypted, isNew, lastPush }: WarehouseFacts,
  zone: string,
): string {
  const state = isNew
    ? `Nothing was pushed yet. Next: push ${shellWord(name)}`
    : lastPush === undefined
      ? `No push came to its end yet. Next: push ${shellWord(name)}`
      : `Last push: ${lastPushText(lastPush, zone)}.`;
  return `${name} answers: ${server}, ${isEncrypted ? 'encrypted' : 'not encrypted'}. ${state}\n`;
}

function lastPushText({ finishedAt, generation, ...counts }: LastPush, zone: string): string {
  const rows = counts.inserted + counts.updated + counts.marked + counts.deleted;
  return `${formatDateTime(finishedAt * 1000, zone)}, ${countOf(rows, 'row')}, file generation ${generation}`;
}

/** What a push did, and what of it is worth a word. */
export function pushText({ name }: Warehouse, result: PushResult): string {
  const { hadNews, generation, tombstones, ms } = result;
  if (!hadNews) {
    return `${name} is up to date (file generation ${generation}).\n`;
  }
  const counts = pushedRows(result);
  const changes = [
    counts.inserted > 0 ? `${countOf(counts.inserted, 'row')} added` : '',
    counts.updated > 0 ? `${countOf(counts.updated, 'row')} changed` : '',
    counts.marked > 0 ? `${countOf(counts.marked, 'row')} marked deleted` : '',
    counts.deleted > 0 ? `${countOf(counts.deleted, 'row')} removed` : '',
  ].filter((part) => part !== '');
  const removed = tombstones === 0 ? '' : ` ${countOf(tombstones, 'deletion')} for privacy carried over.`;
  const done = changes.length === 0 ? 'no row differed' : changes.join(', ');
  return `Pushed to ${name} in ${formatDuration(ms)}: ${done}.${removed}\n`;
}
