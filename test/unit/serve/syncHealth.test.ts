import assert from 'node:assert/strict';
import { syncHealthText } from '../../../src/serve/syncHealth';
import { NEVER_SYNCED, NO_CHANGES, type MirrorStatus, type RunSummary } from '../../../src/store/runs';

const NOW = 1_800_000_000;
const run: RunSummary = {
  runId: 'r',
  instanceId: 1,
  kind: 'incremental',
  walk: 'active',
  trigger: 'schedule',
  startedAt: NOW - 100,
  clientVersion: '1',
  status: 'failed',
  durationMs: 2_500,
  requests: 12,
  counts: { ...NO_CHANGES, inserted: 3, deleted: 1 },
  streams: [],
  notes: [],
};
const status: MirrorStatus = {
  version: 1,
  generation: 7,
  sizes: { imageBytes: 4096, shardBytes: 100 },
  instances: [
    {
      ...NEVER_SYNCED,
      instanceId: 1,
      name: 'alpha',
      url: 'https://alpha.example.org',
      version: '0.6.5',
      lastSyncEpoch: NOW - 3600,
      heldDeletions: 4,
      problems: [{ stream: 'feedback', code: 'forbidden', since: NOW - 86_400 }],
      runs: [{ ...run, runId: 's', status: 'running' }, run],
    },
  ],
};
const instances = [
  { id: 1, name: 'alpha', url: 'https://alpha.example.org', enabled: true },
  { id: 2, name: 'be"ta\\', url: 'https://beta.example.org', enabled: false },
];

describe('The health of syncs for Prometheus', () => {
  it('tells age, end, work and trouble of each instance', async () => {
    const lines = (await syncHealthText(instances, status, NOW)).split('\n');
    for (const line of [
      'openwebui_sync_file_generation 7',
      'openwebui_sync_database_bytes{part="database"} 4096',
      'openwebui_sync_database_bytes{part="text"} 100',
      'openwebui_sync_instance_info{instance="alpha",enabled="true",version="0.6.5"} 1',
      'openwebui_sync_last_sync_timestamp_seconds{instance="alpha"} 1799996400',
      'openwebui_sync_last_sync_age_seconds{instance="alpha"} 3600',
      'openwebui_sync_last_run_status{instance="alpha",status="running"} 1',
      'openwebui_sync_last_run_status{instance="alpha",status="failed"} 0',
      'openwebui_sync_last_run_duration_seconds{instance="alpha"} 2.5',
      'openwebui_sync_last_run_requests{instance="alpha"} 12',
      'openwebui_sync_last_run_rows{instance="alpha",change="inserted"} 3',
      'openwebui_sync_last_run_rows{instance="alpha",change="deleted"} 1',
      'openwebui_sync_held_deletions{instance="alpha"} 4',
      'openwebui_sync_stream_problem{instance="alpha",stream="feedback",code="forbidden"} 1',
    ]) {
      assert.ok(lines.includes(line), line);
    }
  });

  it('leaves out what is unknown, and cannot be broken by a name', async () => {
    const text = await syncHealthText(instances, status, NOW);
    const beta = text.split('\n').filter((line) => line.includes('ta'));
    assert.ok(
      beta.includes('openwebui_sync_instance_info{instance="be\\"ta\\\\",enabled="false",version=""} 1'),
    );
    assert.doesNotMatch(text, /last_sync_age_seconds\{instance="be/u);
    assert.doesNotMatch(text, /example\.org/u);
  });

  it('describes each number', async () => {
    const text = await syncHealthText(instances, status, NOW);
    const named = new Set([...text.matchAll(/^(openwebui_sync_\w+)[ {]/gmu)].map(([, name]) => name));
    for (const name of named) {
      assert.match(text, new RegExp(`^# HELP ${name ?? ''} .+\\.$`, 'mu'));
      assert.match(text, new RegExp(`^# TYPE ${name ?? ''} gauge$`, 'mu'));
    }
  });
});
