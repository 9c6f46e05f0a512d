import { createHash } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import { AnalysisError, toError } from '../errors';
import { analysisSchema } from './analysisSchema';
import type { Analysis } from './analysisTypes';

const VERSION = 1;
const PROBLEMS_TOLD = 3;

/** The file's text of what it says, the same for the same content. */
export function analysisText(analysis: Analysis): string {
  const { prices, budgets, ...others } = analysis;
  const { $schema, version, costType, allocation, ...sections } = others;
  const content = {
    $schema,
    version,
    costType,
    allocation,
    prices: prices.map(({ modelId: model, instanceId: instance, ...price }) => ({
      model,
      instance,
      ...price,
    })),
    budgets: budgets.map(({ instanceId: instance, ...budget }) => ({ instance, ...budget })),
    ...sections,
  };
  return `${JSON.stringify(content, undefined, 2)}\n`;
}

/** Tells two contents apart; how the file is laid out does not matter. */
export function analysisHash(analysis: Analysis): string {
  const content = analysisText({ ...analysis, $schema: undefined });
  return createHash('sha256').update(content).digest('base64url');
}

/**
 * Reads the text of `analysis.json`.
 * @param path of the file, for the message
 * @param today UTC day: a price cannot begin after it
 * @throws AnalysisError that names the places
 */
export function parseAnalysis(text: string, path: string, today: number): Analysis {
  const content = parseJson(text, path);
  assertVersion(content, path);
  const parsed = v.safeParse(analysisSchema(today), content);
  if (parsed.success) {
    return parsed.output;
  }
  throw unusable(path, problemsText(parsed.issues));
}

/** What the file would hold of a change. @throws AnalysisError when it could not be read again */
export function checkAnalysis(analysis: Analysis, today: number): Analysis {
  return analysisOf(JSON.parse(analysisText(analysis)), today);
}

/** What a file with this content says. @throws AnalysisError */
export function analysisOf(content: unknown, today: number): Analysis {
  const parsed = v.safeParse(analysisSchema(today), content);
  if (parsed.success) {
    return parsed.output;
  }
  throw new AnalysisError(l10n.t('This cannot be kept: {0}.', problemsText(parsed.issues)));
}

function problemsText(issues: readonly Issue[]): string {
  // A key that is spelt wrongly explains one that is missing.
  const unknown = issues.filter(({ expected }) => expected === 'never');
  const others = issues.filter((issue) => !unknown.includes(issue));
  return [...unknown, ...others].slice(0, PROBLEMS_TOLD).map(problemText).join('; ');
}

function parseJson(text: string, path: string): unknown {
  try {
    // Some editors put a mark before the first character.
    const content: unknown = JSON.parse(text.replace(/^\uFEFF/u, ''));
    if (!Array.isArray(content)) {
      return content;
    }
  } catch (error) {
    throw unusable(path, l10n.t('it is not JSON ({0})', toError(error).message));
  }
  throw unusable(path, l10n.t('it must be an object with sections, not a list'));
}

/** A newer version means something by keys that this one does not know: it must not drop them. */
function assertVersion(content: unknown, path: string): void {
  const version = v.safeParse(v.looseObject({ version: v.number() }), content);
  if (version.success && version.output.version > VERSION) {
    throw new AnalysisError(
      l10n.t(
        '{0} was written by a newer version of OpenWebUI Sync. Update this one. Until then the numbers stay as they are.',
        path,
      ),
    );
  }
}

function unusable(path: string, reason: string): AnalysisError {
  return new AnalysisError(
    l10n.t(
      '{0} cannot be used: {1}. Correct it there. Until then the numbers stay as they are.',
      path,
      reason,
    ),
  );
}

type Issue = v.BaseIssue<unknown>;

function problemText(issue: Issue): string {
  const place = placeOf(issue);
  const said = reasonOf(issue).replace(/\.$/u, '');
  return place === '' ? said : `${place}: ${said}`;
}

function reasonOf(issue: Issue): string {
  if (issue.type === 'strict_object' && issue.path !== undefined) {
    return issue.expected === 'never' ? l10n.t('there is no such key') : l10n.t('it is missing');
  }
  const isWorded = !issue.message.startsWith('Invalid ');
  return isWorded ? issue.message : l10n.t('it must be {0}, not {1}', issue.expected ?? '', issue.received);
}

/** Such as `prices[0].currency`. */
function placeOf({ path }: Issue): string {
  return (path ?? []).reduce<string>((place, { key }) => {
    if (typeof key === 'number') {
      return `${place}[${key}]`;
    }
    return place === '' ? String(key) : `${place}.${String(key)}`;
  }, '');
}
