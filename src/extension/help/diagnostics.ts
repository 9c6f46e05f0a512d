import { formatBytes } from '../../sync/words';
import type { InstanceStatus, MirrorStatus, RunSummary } from '../../store/runs';
import type { SettingProperty } from './checkSettings';

/** What an issue report is made of. Nothing here is shown as it is where a person or a server could have put words into it. */
export interface DiagnosticFacts {
  readonly versions: Versions;
  readonly mirror: MirrorStatus;
  /** `user_version` of the newest file; undefined where there is none. */
  readonly schema: number | undefined;
  readonly files: FolderSizes;
  readonly settings: readonly SettingValue[];
  readonly hasDemo: boolean;
  /** Newest lines of the log, redacted already. */
  readonly log: readonly string[];
  /** Takes out of a line what says whose it is. */
  readonly anonymise: (text: string) => string;
}

export interface Versions {
  readonly extension: string;
  /** Of the editor. */
  readonly editor: string;
  /** Such as `desktop` or `web`. */
  readonly host: string;
  readonly platform: string;
  readonly node: string;
  /** Such as `ssh-remote`; undefined for this computer. */
  readonly remote: string | undefined;
  readonly language: string;
}

export interface FolderSizes {
  readonly generations: number;
  readonly generationBytes: number;
  readonly contentFiles: number;
  readonly contentBytes: number;
  readonly backups: number;
}

/** A setting with what the manifest says of it. */
export interface SettingValue {
  readonly id: string;
  readonly property: SettingProperty;
  readonly value: unknown;
}

/** Everything that helps to understand a failure, as Markdown; no name, address, path or key. */
export function diagnosticsText(facts: DiagnosticFacts): string {
  return [
    '## What happened',
    '',
    '<!-- What did you do, what did you expect, and what came instead? -->',
    '',
    '## Diagnostics',
    '',
    ...section('Versions', versionLines(facts.versions)),
    ...section('Mirror', mirrorLines(facts)),
    ...facts.mirror.instances.flatMap((status, index) =>
      section(`Instance ${index + 1}`, instanceLines(status)),
    ),
    ...section('Settings that differ', settingLines(facts.settings)),
    '### Log',
    '',
    '```text',
    // A fence of the log's own would end this one.
    ...facts.log.map((line) => facts.anonymise(line).replaceAll('```', "'''")),
    '```',
    '',
  ].join('\n');
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return [`### ${title}`, '', ...lines.map((line) => `- ${line}`), ''];
}

function versionLines(versions: Versions): readonly string[] {
  return [
    `OpenWebUI Sync ${versions.extension}`,
    `VS Code ${versions.editor} (${versions.host})`,
    `System: ${versions.platform}, Node ${versions.node}`,
    `Remote: ${versions.remote === undefined ? 'no' : code(versions.remote)}`,
    `Language: ${versions.language}`,
  ];
}

function mirrorLines({ mirror, schema, files, hasDemo }: DiagnosticFacts): readonly string[] {
  const { sizes } = mirror;
  return [
    `Generation ${mirror.generation}, schema ${schema ?? 'none'}`,
    `Database ${sizes === undefined ? 'of unknown size' : formatBytes(sizes.imageBytes)}, older text ${formatBytes(sizes?.shardBytes ?? 0)}`,
    `Files: ${files.generations} of the database (${formatBytes(files.generationBytes)}), ${files.contentFiles} of text (${formatBytes(files.contentBytes)}), ${files.backups} backups`,
    `Hard links: ${mirror.hasNoHardLinks === true ? 'no' : 'yes'}`,
    `Demo: ${hasDemo ? 'yes' : 'no'}`,
  ];
}

function instanceLines(status: InstanceStatus): readonly string[] {
  const lastRun = status.runs.find((run) => run.status !== 'running');
  return [
    `Open WebUI ${versionOf(status.version)}, privacy ${status.privacy}`,
    `${status.users} users, ${status.chats} chats, ${status.messages} messages`,
    `Held deletions: ${status.heldDeletions}`,
    ...status.problems.map(
      ({ stream, code: problem, since }) => `${stream}: ${code(problem)} since ${dayOf(since)}`,
    ),
    ...(lastRun === undefined ? ['Never synced'] : runLines(lastRun)),
  ];
}

function runLines(run: RunSummary): readonly string[] {
  const { counts, durationMs, requests, retries } = run;
  return [
    `Last run: ${run.kind}, ${run.walk}, ${run.trigger}, ${run.status}${codeText(run.errorCode)}, ${dayOf(run.startedAt)}`,
    `Took ${durationMs ?? '?'} ms, ${requests ?? '?'} requests, ${retries ?? '?'} retries; seen ${counts.seen}, new ${counts.inserted}, changed ${counts.updated}, deleted ${counts.deleted}, unreadable ${counts.quarantined}, held ${counts.heldBack}`,
    ...run.streams
      .filter(({ status }) => status !== 'ok')
      .map(({ stream, status, errorCode }) => `${stream}: ${status}${codeText(errorCode)}`),
    ...(run.notes.length === 0 ? [] : [`Notes: ${run.notes.map((note) => code(note.code)).join(', ')}`]),
  ];
}

function settingLines(settings: readonly SettingValue[]): readonly string[] {
  const lines = settings
    .filter(({ property, value }) => JSON.stringify(value) !== JSON.stringify(property.default))
    .map(({ id, property, value }) => `\`${id}\`: ${settingText(property, value)}`);
  return lines.length === 0 ? ['none'] : lines;
}

/** Numbers, switches and choices are told; what a person wrote is not. */
function settingText({ enum: choices, pattern }: SettingProperty, value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  if (typeof value !== 'string') {
    return value === null ? 'null' : `some ${Array.isArray(value) ? 'list' : typeof value}`;
  }
  const isTime = pattern !== undefined && /^\d\d:\d\d$/.test(value);
  return choices?.includes(value) === true || isTime ? value : 'some text';
}

/** A server may call itself anything: only numbers are its version. */
function versionOf(version: string | undefined): string {
  return /^\d+(?:\.\d+){0,3}(?![^-+\s])/.exec(version ?? '')?.[0] ?? 'of unknown version';
}

/** Codes are words of programs; anything else may be somebody's. */
function code(text: string): string {
  return /^[a-zA-Z][\w-]{0,39}$/.test(text) ? text : 'other';
}

function codeText(errorCode: string | undefined): string {
  return errorCode === undefined ? '' : ` (${code(errorCode)})`;
}

/** `2025-11-16`, UTC. @param seconds since 1970 */
function dayOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}
