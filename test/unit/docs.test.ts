import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { contributes } from '../../package.json';
import { EXIT } from '../../src/cli/exitCodes';
import { brakeReason, heldMessage } from '../../src/sync/engine/deletionBrake';
import { problemOf } from '../../src/sync/engine/problems';
import { SyncBusyError } from '../../src/sync/engine/coordinatorTypes';
import { MirrorFullError, NewerDatabaseError, unreadableText } from '../../src/store/errors';
import { storageFailure } from '../../src/store/files/storageFailure';
import { parseAnalysis } from '../../src/store/analysis/analysisText';
import { failureOf } from '../../src/sync/azure/answers';
import { AzureThrottledError } from '../../src/sync/azure/azureErrors';
import { signInFailure } from '../../src/sync/azure/signInFailures';
import { FAILURES } from '../../src/sync/openwebui/failures';

const ROOT = join(__dirname, '..', '..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const readme = read('README.md');

/** First and second cells of the table below a heading that begins with these head cells. */
function tableRows(markdown: string, head: string): [string, string][] {
  const lines = markdown.slice(markdown.indexOf(`\n${head}`) + 1).split('\n');
  assert.ok(lines[0]?.startsWith(head), `no table ${head}`);
  const end = lines.findIndex((line) => !line.startsWith('|'));
  return lines.slice(2, end).map((line) => {
    const [, first = '', second = ''] = line.split('|').map((cell) => cell.trim());
    return [first, second];
  });
}

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return String(error);
  }
  throw new Error('nothing was thrown');
}

describe('the documentation', () => {
  it('names the sentences of trouble as the product says them', () => {
    const place = { host: 'HOST', path: 'PATH', wait: 'WAIT', title: 'TITLE' };
    const sentences = [
      ...Object.values(FAILURES).map(({ message }) => message(place)),
      heldMessage(brakeReason({ gone: 5, living: 5 }) ?? 'many', 'chats', 5, 5),
      new SyncBusyError({ runId: '', pid: 0, startedAt: 0 }).message,
      ...['ENOSPC', 'EACCES'].map((code) =>
        String(storageFailure(Object.assign(new Error(code), { code }), '.', 1)),
      ),
      problemOf(new MirrorFullError()).message,
      new NewerDatabaseError().message,
      unreadableText('').message,
      ...[401, 403].map(
        (status) => failureOf({ status, headers: [], text: '' }, { place: 'SCOPE', wish: 'costs' }).message,
      ),
      signInFailure(new Error('Azure CLI could not be found'), {
        kind: 'azureCli',
        tenantId: '',
        host: 'HOST',
      }).message,
      new AzureThrottledError(0).message,
      messageOf(() => parseAnalysis('{', 'analysis.json', 0)),
      'numbers look wrong',
    ];
    for (const [said] of tableRows(readme, '| it says |')) {
      assert.ok(
        sentences.some((sentence) => sentence.includes(said)),
        `nothing says "${said}"`,
      );
    }
  });

  it('lists every setting with its default', () => {
    const shown = tableRows(readme, '| setting |').map(([name, value]) => [name, value.replaceAll('`', '')]);
    const settings = contributes.configuration.flatMap(({ properties }) =>
      Object.entries(properties as Readonly<Record<string, { readonly default: unknown }>>).map(
        ([name, { default: value }]) => [`\`${name}\``, String(value)],
      ),
    );
    assert.deepEqual(new Map(shown as [string, string][]), new Map(settings as [string, string][]));
  });

  it('lists every exit code', () => {
    const shown = tableRows(readme, '| exit code |').map(([code]) => Number(code));
    assert.deepEqual(shown, Object.values(EXIT));
  });

  it('leads nowhere else than to what exists', () => {
    for (const file of markdownFiles()) {
      for (const [, target = ''] of read(file).matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^https?:/.test(target)) {
          continue;
        }
        const [path = '', anchor] = target.split('#');
        const linked = path === '' ? file : join(dirname(file), path);
        assert.ok(existsSync(join(ROOT, linked)), `${file}: ${target}`);
        if (anchor !== undefined) {
          assert.ok(anchorsOf(read(linked)).has(anchor), `${file}: ${target}`);
        }
      }
    }
  });
});

function markdownFiles(): string[] {
  const docs = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' });
  return [
    'README.md',
    'CHANGELOG.md',
    'ARCHITECTURE.md',
    ...docs.filter((name) => name.endsWith('.md')).map((name) => join('docs', name)),
  ];
}

/** The anchors that a page's headings get. */
function anchorsOf(markdown: string): ReadonlySet<string> {
  const headings = [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} -]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}
