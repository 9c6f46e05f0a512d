import { fileExists, filePages } from '../../openwebui/files';
import { collect } from '../../openwebui/paging';
import { chunked } from '../concurrency';
import { idsIn, markUnlisted } from '../deletions';
import type { StreamDefinition } from '../runTypes';
import { isRareStreamDue } from './due';

const FILES_PER_WRITE = 500;

/** Everybody's files: names, types and sizes, never their content. */
export const filesStream: StreamDefinition = {
  streams: ['files'],
  isDue: (context) => isRareStreamDue(context, 'files'),

  async sync(context) {
    const { client, identities, writer, runId, ledger, states, serverStart } = context;
    const known = await writer.knownIds(runId, 'files');
    const { rows, skipped } = await collect(filePages(client));
    let done = 0;
    for (const files of chunked(rows, FILES_PER_WRITE)) {
      const records = files.map((file) => identities.owned(file));
      ledger.count('files', await writer.applyFiles(runId, records));
      done += files.length;
      context.progress(done, rows.length);
    }
    const exists = (remoteId: string): Promise<boolean> => fileExists(client, remoteId);
    await markUnlisted(context, { stream: 'files', known, listed: idsIn(rows), skipped, exists });
    await states.change('files', { lastCompleteAt: serverStart });
  },
};
