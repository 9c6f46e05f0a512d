/** What breaks a line, or steers a terminal or the direction of what is shown. */
const UNSHOWN = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** Whether a name has line ends or control characters. */
export function isUnshowable(name: string): boolean {
  return name.search(UNSHOWN) !== -1;
}

/** A name from a file that others may have written, as one line that steers nothing. */
export function showableName(name: string): string {
  return name.replace(UNSHOWN, '·');
}
