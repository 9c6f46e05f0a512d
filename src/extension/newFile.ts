import * as vscode from 'vscode';

/** Writes a file under the first name that is free: `turns-by-day.owsql`, `turns-by-day-2.owsql`. Nothing is ever replaced. */
export async function writeNewFile(
  folder: vscode.Uri,
  { title, suffix, fallback }: { readonly title: string; readonly suffix: string; readonly fallback: string },
  text: string,
): Promise<vscode.Uri> {
  const words = title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [fallback];
  const base = words.join('-').slice(0, 60);
  await vscode.workspace.fs.createDirectory(folder);
  for (let number = 1; ; number += 1) {
    const file = vscode.Uri.joinPath(folder, `${base}${number === 1 ? '' : `-${number}`}${suffix}`);
    if (!(await exists(file))) {
      await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
      return file;
    }
  }
}

async function exists(file: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(file);
    return true;
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') {
      return false;
    }
    throw error;
  }
}
