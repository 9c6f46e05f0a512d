import { times } from '../figures';
import { atMost, numberIn, type Bench } from './measurements';
import { SIZES } from './sizes';

const MAX_BULK_RATIO = 1.5;
const MAX_PUBLISH_MS = 200;
const MAX_PUBLISHED_PART = 20;
const MB = 1e6;

/** The same statements by both engines, and the whole writer. */
export async function bulkFigures({ size, measure, add }: Bench): Promise<void> {
  const { bulk, bulkNative, wholeWriter } = await measure(['bulk', 'bulkNative', 'wholeWriter']);
  const ours = numberIn(bulk, 'statementsMs');
  const ratio = times(ours, numberIn(bulkNative, 'statementsMs'));
  const to = 'node:sqlite running the same statements';
  const goal = { text: `at most ${MAX_BULK_RATIO}x`, isMet: ratio <= MAX_BULK_RATIO };
  add({
    name: 'bulk write',
    value: ours,
    unit: 'ms',
    ratio: { to, value: ratio },
    ...(size === 'M' ? { goal } : {}),
  });
  add({
    name: 'bulk write, computing time alone',
    value: numberIn(bulk, 'statementsCpuMs'),
    unit: 'ms',
    ratio: { to, value: times(numberIn(bulk, 'statementsCpuMs'), numberIn(bulkNative, 'statementsCpuMs')) },
  });
  const whole = numberIn(wholeWriter, 'writeMs');
  add({
    name: 'the whole writer: parsing, hashing, comparing, writing',
    value: SIZES[size].messages / whole,
    unit: 'k messages/s',
    ratio: { to: 'the bulk write', value: times(whole, ours) },
  });
  add({
    name: 'publishing during it, sealing of texts included',
    value: numberIn(wholeWriter, 'publishMs'),
    unit: 'ms',
    ratio: { to: 'the whole writer', value: times(numberIn(wholeWriter, 'publishMs'), whole) },
  });
  add({ name: 'memory of the whole writer', value: numberIn(wholeWriter, 'maxRssMb'), unit: 'MB' });
}

/** A sync that found 0.5 % of the chats changed. */
export async function publishFigures({ size, measure, add }: Bench): Promise<void> {
  const { publish, memory } = await measure(['publish', 'memory']);
  const publishMs = numberIn(publish, 'publishMs');
  const written = numberIn(publish, 'writtenBytes');
  const part = (100 * written) / numberIn(publish, 'wholeBytes');
  const isPromised = size === 'M';
  const copying = { to: 'copying as many bytes in memory', bytesPerMs: numberIn(memory, 'bytesPerMs') };
  add({
    name: 'publish, 0.5 % of the chats changed',
    value: publishMs,
    unit: 'ms',
    ratio: { to: copying.to, value: times(publishMs, written / copying.bytesPerMs) },
    ...(isPromised ? { goal: atMost(MAX_PUBLISH_MS, publishMs, 'ms') } : {}),
  });
  add({
    name: 'its bytes, generation and shards',
    value: written / MB,
    unit: 'MB',
    ratio: { to: 'the whole database', value: times(written, numberIn(publish, 'wholeBytes')) },
    ...(isPromised ? { goal: atMost(MAX_PUBLISHED_PART, part, '%') } : {}),
  });
  add({
    name: 'renewing openwebui_sync.db and status.json, once per sync',
    value: numberIn(publish, 'copyMs'),
    unit: 'ms',
    ratio: { to: 'the publish', value: times(numberIn(publish, 'copyMs'), publishMs) },
  });
  add({ name: 'opening the database to write', value: numberIn(publish, 'openMs'), unit: 'ms' });
}
