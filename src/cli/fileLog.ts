import { appendFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from '../store/errors';
import type { Logger } from '../sync/engine/syncTypes';
import { createRedactor } from '../sync/redaction';
import { formatDateTime } from '../sync/words';

const MAX_BYTES = 5_000_000;

/** A log that keeps secrets out by their shape and, once told, by their value. */
export interface FileLog extends Logger {
  protect(secret: string): void;
}

/** Appends to `openwebui_sync.log` in the data folder (0600); a full one becomes `openwebui_sync.log.1`. */
export function openFileLog(folder: string, zone: string): FileLog {
  const path = join(folder, 'openwebui_sync.log');
  turnOver(path);
  const { redact, protect } = createRedactor();
  const write = (level: string) => (message: string) => {
    const line = `${formatDateTime(Date.now(), zone)} ${level} ${redact(message)}\n`;
    appendFileSync(path, line, { mode: 0o600 });
  };
  return {
    error: write('ERROR'),
    warn: write('WARN '),
    info: write('INFO '),
    debug: write('DEBUG'),
    protect,
  };
}

/** Moves a full log aside, to `….1`. */
export function turnOver(path: string): void {
  try {
    if (statSync(path).size > MAX_BYTES) {
      renameSync(path, `${path}.1`);
    }
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') {
      throw error;
    }
  }
}
