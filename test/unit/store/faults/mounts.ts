import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** File systems that a test mounts for itself, where this machine and this user can. */
export interface TestMount {
  readonly path: string;
  /** Also with files open. */
  readonly unmount: () => void;
}

/** Runs `mount`. @returns undefined where it cannot be done: no root, no such file system, no `mount` */
function mount(options: readonly string[]): TestMount | undefined {
  const base = mkdtempSync(join(tmpdir(), 'openwebui-sync-mount-'));
  const path = join(base, 'mirror');
  mkdirSync(path);
  const clean = (): void => rmSync(base, { recursive: true, force: true });
  const { status } = spawnSync('mount', [...options, path], { stdio: 'ignore' });
  if (status !== 0) {
    clean();
    return undefined;
  }
  return {
    path,
    unmount: () => {
      execFileSync('umount', ['--lazy', path]);
      clean();
    },
  };
}

/** A disk of so many bytes in memory. */
export function mountSmallDisk(bytes: number): TestMount | undefined {
  return mount(['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs']);
}

/** {@link mountSmallDisk} over a folder that is there. @returns how to take it away again */
export function mountSmallDiskOver(path: string, bytes: number): (() => void) | undefined {
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', path]);
  return status === 0 ? () => execFileSync('umount', ['--lazy', path]) : undefined;
}

/** A FAT disk, which knows no hard links. */
export function mountFat(image: string): TestMount | undefined {
  const { status } = spawnSync('mkfs.vfat', ['-C', image, String(32 * 1024)], { stdio: 'ignore' });
  return status === 0 ? mount(['-o', 'loop', image]) : undefined;
}

/** Lets a mounted file system be written to, or not. */
export function remount(path: string, mode: 'ro' | 'rw'): void {
  execFileSync('mount', ['-o', `remount,${mode}`, path]);
}
