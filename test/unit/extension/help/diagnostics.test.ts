import assert from 'node:assert/strict';
import { diagnosticsText, type DiagnosticFacts } from '../../../../src/extension/help/diagnostics';
import { settingProperties } from '../../../../src/extension/help/checkSettings';
import { NO_CHANGES } from '../../../../src/store/runs';
import { createAnonymiser } from '../../../../src/sync/anonymising';
import { createRedactor } from '../../../../src/sync/redaction';
import manifest from '../../../../package.json';
import { aMirrorStatus, aRun, aStatus } from '../builders';

/** None of it may be told. */
const SECRETS = [
  'sk-1234567890abcdef',
  'eyJhbGciOiJIUzI1NiJ9',
  'hunter2',
  'Umbrella',
  'chat.umbrella-corp.example',
  'umbrella-corp',
  'intranet7',
  '10.20.30.40',
  'anna.schmidt',
  'Schmidt',
  'wesker',
  '/srv/secret',
  'secret-project',
  'Salary',
  'd41d8cd9-8f00-4204-a980-0998ecf8427e',
  'gpt-umbrella',
];

const URL = 'https://chat.umbrella-corp.example:8443/ai';

const CARELESS_LINES = [
  `2025-11-16T14:30:15.000Z error Umbrella HQ: ${URL} rejects the key sk-1234567890abcdef.`,
  'warn the sign-in of anna.schmidt@umbrella-corp.example failed, password=hunter2',
  'info Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm5hIn0.c2lnbmF0dXJl',
  'error getaddrinfo ENOTFOUND intranet7',
  'error connect ECONNREFUSED 10.20.30.40:8080',
  'warn chat.umbrella-corp.example does not allow this key to use /api/v1/chats/d41d8cd9-8f00-4204-a980-0998ecf8427e',
  'warn /api/v1/users/?query=Schmidt 500',
  'error Failed to open “Salary of Anna Schmidt” and "gpt-umbrella"',
  "error ENOENT: no such file or directory, open '/srv/secret project/Salary.db'",
  'error written to /srv/secret/output/Salary.html and C:\\Users\\wesker\\secret-project\\x.db',
  '    at save (/home/wesker/.vscode/extensions/openwebui-sync.openwebui-sync-0.1.0/dist/extension.js:1:2345)',
  '    at async Object.run (/home/wesker/other/secret-project/index.js:3:4)',
  '```',
];

const properties = settingProperties(manifest);
const valueOf: Readonly<Record<string, unknown>> = {
  'openwebuiSync.export.folder': '/srv/secret/reports',
  'openwebuiSync.reports.folder': 'C:\\Users\\wesker\\reports',
  'openwebuiSync.timer.schedule': 'Umbrella',
  'openwebuiSync.timer.dailyAt': '03:30',
  'openwebuiSync.requests.retries': 7,
};

function carelessFacts(): DiagnosticFacts {
  const { redact } = createRedactor();
  const failed = aRun({
    status: 'failed',
    errorCode: 'keyRejected',
    error: `${URL} rejects the key sk-1234567890abcdef.`,
    serverVersion: '0.9.6-umbrella',
    streams: [
      { stream: 'chats', status: 'failed', errorCode: 'Salary of Schmidt', counts: NO_CHANGES, requests: 3 },
    ],
    notes: [{ code: 'skew', message: 'The clock of chat.umbrella-corp.example is ahead.' }],
  });
  const status = aStatus({
    name: 'Umbrella HQ',
    url: URL,
    version: '0.9.6-umbrella',
    problems: [{ stream: 'files', code: 'forbidden', since: 1_763_303_415 }],
    runs: [failed],
  });
  return {
    versions: {
      extension: '0.1.0',
      editor: '1.100.0',
      host: 'desktop',
      platform: 'linux x64 6.1',
      node: '22.1.0',
      remote: 'ssh-remote',
      language: 'de',
    },
    mirror: { ...aMirrorStatus(status), sizes: { imageBytes: 4_200_000, shardBytes: 0 } },
    schema: 12,
    files: {
      generations: 3,
      generationBytes: 12_600_000,
      contentFiles: 0,
      contentBytes: 0,
      backups: 4,
    },
    settings: [...properties].map(([id, property]) => ({
      id,
      property,
      value: id in valueOf ? valueOf[id] : property.default,
    })),
    hasDemo: false,
    log: CARELESS_LINES.map(redact),
    anonymise: createAnonymiser([
      ['Umbrella HQ', '<instance 1>'],
      [URL, '<address 1>'],
      ['chat.umbrella-corp.example', '<host 1>'],
      ['/home/wesker/.vscode/extensions/openwebui-sync.openwebui-sync-0.1.0', '<extension>'],
      ['wesker', '<user>'],
    ]),
  };
}

describe('the diagnostics of an issue report', () => {
  const text = diagnosticsText(carelessFacts());

  it('hold no key, name, address, host, e-mail or path, however careless the mirror and the log are', () => {
    const found = SECRETS.filter((secret) => text.toLowerCase().includes(secret.toLowerCase()));
    assert.deepEqual(found, [], text);
  });

  it('tell what helps: versions, counts, codes and what was set', () => {
    for (const said of [
      'VS Code 1.100.0 (desktop)',
      'Remote: ssh-remote',
      'schema 12',
      'Open WebUI 0.9.6, privacy full',
      '38 users, 482 chats, 1245 messages',
      'Last run: incremental, active, manual, failed (keyRejected), 2025-11-16',
      'chats: failed (other)',
      'files: forbidden since 2025-11-16',
      '`openwebuiSync.timer.dailyAt`: 03:30',
      '`openwebuiSync.requests.retries`: 7',
      '`openwebuiSync.export.folder`: some text',
      '`openwebuiSync.timer.schedule`: some text',
    ]) {
      assert.ok(text.includes(said), `${said} is missing in\n${text}`);
    }
  });

  it('do not repeat what is as it comes', () => {
    assert.ok(!text.includes('openwebuiSync.reconcileHours'));
  });

  it('keep where in our own code something failed', () => {
    assert.match(text, /at save \(<extension>\/dist\/extension\.js:1:2345\)/);
    assert.match(text, /at async Object\.run \(<path>:3:4\)/);
    assert.match(text, /<instance 1>: <address 1> rejects the key •••\./);
    assert.match(text, /use \/api\/v1\/chats\/<id>/);
  });

  it('cannot leave the block of the log', () => {
    assert.equal(text.split('```').length, 3);
  });
});

describe('words that say whose something is', () => {
  const anonymise = createAnonymiser([['ann', '<instance 1>']]);

  it('go as whole words only, whatever their case', () => {
    assert.equal(anonymise('Ann: cannot plan'), '<instance 1>: cannot plan');
  });

  it('leave times, versions and file names of programs alone', () => {
    const line = '2025-11-16T14:30:15.000Z info 0.9.6 process.on extension.js 14:30:15 sql.js';
    assert.equal(anonymise(line), line);
  });

  it('go by their shape where nobody told them', () => {
    assert.equal(anonymise('chat.acme.de:3000 and [fe80::1ff:fe23:4567:890a]'), '<host> and [<host>]');
    assert.equal(anonymise('to \\\\server\\share\\x and ~/mirror'), 'to <path> and <path>');
    assert.equal(anonymise('see http://localhost:8080/x?y=z.'), 'see <address>');
  });
});
