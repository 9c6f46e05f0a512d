import assert from 'node:assert/strict';
import { tell, useExports, LAST_EVENING } from './stage';

describe('an export as Parquet', () => {
  const stage = useExports();

  it('has a folder for each table, divided by instance and local month', async () => {
    const mirror = await stage.open();
    tell(mirror, 'c1', { at: LAST_EVENING });
    tell(mirror, 'c2', { at: LAST_EVENING + 3_600, instance: 2 });
    await stage.run();
    const messages = stage.files().filter((name) => name.startsWith('messages/'));
    assert.deepEqual(messages, [
      'messages/instance=instance-1-1/month=2026-01/part-0.parquet',
      'messages/instance=instance-2-2/month=2026-02/part-0.parquet',
    ]);
  });
});
