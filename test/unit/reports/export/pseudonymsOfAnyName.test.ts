import assert from 'node:assert/strict';
import { REPORTS } from '../../../../src/reports/catalogue';
import { readPeople } from '../../../../src/reports/export/people';
import { pseudonymised } from '../../../../src/reports/export/pseudonyms';
import { reportJson } from '../../../../src/reports/export/reportJson';
import type { ReportDefinition } from '../../../../src/reports/reportDefinition';
import { TestMirror, at } from '../mirror';
import { report } from '../reading';

/** Names that are also numbers, dates, signs, and words of reports. */
const NAMES = [
  ...['-', 'a', '1', '%', '2026', '2026-03-05', '10:00', 'Mar', 'Mon', 'user', 'Turns', 'First', 'The'],
  ...['Unknown model', 'First: 12', '–', "' OR 1=1 --", '$&', 'Sat, Mar 14, 2026', 'new', '🦆'],
];
const DAY = 86_400;

/** People whose numbers differ, used in February and March 2026; ids are the same whatever their names are. */
async function mirrorOf(names: readonly string[]): Promise<TestMirror> {
  const mirror = await TestMirror.create();
  const instances = ['fasgpt', 'other'].map((name) => mirror.instance(name));
  names.forEach((name, index) => {
    const chat = mirror.chat(mirror.user(instances[index % 2]!, name));
    mirror.run('UPDATE chats SET title = ? WHERE id = ?', [name, chat]);
    for (let turn = 0; turn < 1 + index; turn += 1) {
      const time = at('2026-02-01 10:00') + ((turn * (index + 2)) % 58) * DAY + index * 60;
      mirror.turn(chat, time, { input: 1000 + index, output: 200, rating: turn % 2 === 0 ? 1 : -1 });
    }
  });
  mirror.price('gpt-4o', { input: 3, output: 9 });
  return mirror;
}

describe('a pseudonymised report is the same whatever people and chats are called:', function () {
  this.timeout(180_000);
  let strange: TestMirror;
  let plain: TestMirror;
  before(async () => {
    strange = await mirrorOf(NAMES);
    plain = await mirrorOf(NAMES.map((_, index) => `Quillfeather ${String.fromCharCode(65 + index)}`));
  });
  after(() => {
    strange.dispose();
    plain.dispose();
  });

  async function written(mirror: TestMirror, definition: ReportDefinition): Promise<unknown> {
    const model = await report(mirror, { definition });
    return JSON.parse(reportJson(pseudonymised(model, await readPeople(mirror, 'en'))));
  }

  for (const definition of REPORTS) {
    it(definition.title, async () => {
      assert.deepEqual(await written(strange, definition), await written(plain, definition));
    });
  }
});
