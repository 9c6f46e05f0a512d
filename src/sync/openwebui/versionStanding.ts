import * as l10n from '@vscode/l10n';
import type { RunNote } from '../../store/runs';

/** The oldest and the newest versions that the product was tested with; both belong to the range. */
export const OLDEST_VERSION = '0.5';
export const NEWEST_VERSION = '0.12';

/** Where a server's version stands to the tested ones. */
export type VersionStanding = 'tested' | 'older' | 'newer' | 'unknown';

type Release = readonly [major: number, minor: number];

/** Compares by the first two numbers: `0.12.9-dev` is tested, `0.13.0-dev` newer, `main` unknown. */
export function versionStanding(version: string): VersionStanding {
  const release = releaseOf(version);
  if (release === undefined) {
    return 'unknown';
  }
  if (isBelow(release, knownRelease(OLDEST_VERSION))) {
    return 'older';
  }
  return isBelow(knownRelease(NEWEST_VERSION), release) ? 'newer' : 'tested';
}

const SENTENCES: Readonly<Record<Exclude<VersionStanding, 'tested'>, (version: string) => string>> = {
  newer: (version) =>
    l10n.t(
      'Open WebUI {0} is newer than {1}, the newest version that this product was tested with. It is read by trying; should something be missing, update OpenWebUI Sync.',
      version,
      NEWEST_VERSION,
    ),
  older: (version) =>
    l10n.t(
      'Open WebUI {0} is older than {1}, the oldest version that this product was tested with. It is read by trying; should something be missing, update the server.',
      version,
      OLDEST_VERSION,
    ),
  unknown: (version) =>
    l10n.t(
      'This product does not know the version “{0}” of Open WebUI. It is read by trying; should something be missing, use a released version.',
      version,
    ),
};

/** What a run's record should say about a version; undefined: nothing, it was tested. */
export function versionNote(version: string): RunNote | undefined {
  const standing = versionStanding(version);
  if (standing === 'tested') {
    return undefined;
  }
  return { code: CODES[standing], message: SENTENCES[standing](version.slice(0, 40)) };
}

const CODES = { newer: 'versionNewer', older: 'versionOlder', unknown: 'versionUnknown' } as const;

function releaseOf(version: string): Release | undefined {
  const [, major, minor] = /^\s*v?(\d{1,6})\.(\d{1,6})(?![\d])/.exec(version) ?? [];
  return major === undefined || minor === undefined ? undefined : [Number(major), Number(minor)];
}

function knownRelease(version: string): Release {
  return releaseOf(version) ?? [0, 0];
}

function isBelow(left: Release, right: Release): boolean {
  return left[0] < right[0] || (left[0] === right[0] && left[1] < right[1]);
}
