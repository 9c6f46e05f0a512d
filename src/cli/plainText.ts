/** What would steer a terminal; a line end is none. */
const STEERING = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** Text that may hold names and titles of strangers, as a terminal may show it. */
export function plainText(text: string): string {
  return text.replace(STEERING, '·');
}
