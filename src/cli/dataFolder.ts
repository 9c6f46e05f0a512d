import { existsSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { CliError } from './exitCodes';

const EXTENSION_STORAGE = join('User', 'globalStorage', 'openwebui-sync.openwebui-sync');

/** What tells where the editors keep their data. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly exists: (path: string) => boolean;
}

const EDITORS = ['Code', 'Code - Insiders', 'VSCodium'];
const SERVERS = [
  ['.vscode-server', 'data'],
  ['.local', 'share', 'code-server'],
];

/** The extension's storage folders that exist on this machine, one per kind of editor. */
export function extensionFolders({ platform, home, env, exists }: Machine): string[] {
  const roots: Partial<Record<NodeJS.Platform, string>> = {
    darwin: join(home, 'Library', 'Application Support'),
    win32: env['APPDATA'] ?? join(home, 'AppData', 'Roaming'),
  };
  const root = roots[platform] ?? env['XDG_CONFIG_HOME'] ?? join(home, '.config');
  const userData = [
    ...EDITORS.map((editor) => join(root, editor)),
    ...SERVERS.map((parts) => join(home, ...parts)),
  ];
  return userData.map((folder) => join(folder, EXTENSION_STORAGE)).filter(exists);
}

/**
 * The data folder: `--data`, else the one that the extension uses here.
 * @throws CliError when neither tells one.
 */
export function chooseDataFolder(
  typed: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): string {
  if (typed !== undefined) {
    return folderAt(resolve(typed));
  }
  const found = extensionFolders({ platform: process.platform, home: homedir(), env, exists: existsSync });
  const [only, another] = found;
  if (only === undefined) {
    throw new CliError(
      'VS Code holds no data of OpenWebUI Sync here. Say where the database is with --data DIR.',
    );
  }
  if (another !== undefined) {
    throw new CliError(
      `Several editors hold data of OpenWebUI Sync. Choose one with --data: ${found.join(', ')}`,
    );
  }
  return only;
}

/** A path that is a folder or can become one. */
function folderAt(path: string): string {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === false) {
    throw new CliError(`${path} is not a folder. Check --data.`);
  }
  return path;
}

/** The same for commands that only read. @throws CliError when the folder does not exist. */
export function existingDataFolder(
  typed: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): string {
  const folder = chooseDataFolder(typed, env);
  if (!existsSync(folder)) {
    throw new CliError(`There is no folder ${folder}. Check --data, or add an instance first.`);
  }
  return folder;
}
