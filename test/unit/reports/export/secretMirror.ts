import { billMarch, CostScopeMirror } from '../costMirror';
import { TestMirror, at } from '../mirror';

/** Texts that a pseudonymised export must not hold. */
export const SECRETS = {
  names: ['Annegret Quillfeather', 'Bartholomew Zappelin', 'Ann', 'Chérubin Ó Máille', 'Dagobert "D" <Duck>'],
  emails: ['annegret@quill.example', 'b.zappelin@quill.example', 'ann@quill.example'],
  titles: ['Zebra merger with Contoso', "O'Leary's severance"],
  files: ['payroll-march.xlsx', 'board minutes.pdf'],
  bases: ['Basement archive', 'Layoff playbook'],
  smallGroups: ['Night crew'],
  chatTags: ['quarrel with Zora'],
  costTags: ['owner=ada'],
} as const;

/** Of five people: may be named. */
export const LARGE_GROUP = 'Whole staff';

const DAY = 86_400;

/** A mirror with names everywhere, used in February and March 2026. */
export async function secretMirror(): Promise<TestMirror> {
  const mirror = await TestMirror.create();
  const instance = mirror.instance('fasgpt');
  const users = SECRETS.names.map((name, index) => {
    const email = SECRETS.emails[index];
    return mirror.user(instance, name, email === undefined ? {} : { email });
  });
  // Named by nothing but its address.
  users.push(mirror.user(instance, '', { email: 'nameless@quill.example' }));
  const group = (name: string): number =>
    mirror.row('user_groups', { instance_id: instance, remote_id: `group-${name}`, name, row_hash: '' });
  const [small, large] = [group(SECRETS.smallGroups[0]), group(LARGE_GROUP)];
  users.forEach((user, index) => {
    for (const id of index < 2 ? [small, large] : [large]) {
      mirror.put('group_members', {
        group_id: id,
        user_id: user,
        instance_id: instance,
        first_seen_at: '2026-01-01 00:00:00',
        first_seen_at_epoch: at('2026-01-01 00:00'),
      });
    }
  });
  const bases = SECRETS.bases.map((name) => mirror.base(instance, name, { owner: users[0] ?? 0 }));
  SECRETS.files.forEach((name, index) =>
    mirror.file(instance, name, { size: 1000 + index, base: bases[index] ?? 0, owner: users[1] ?? 0 }),
  );
  users.forEach((user, index) => {
    const chat = mirror.chat(user);
    mirror.run('UPDATE chats SET title = ? WHERE id = ?', [
      SECRETS.titles[index % SECRETS.titles.length] ?? '',
      chat,
    ]);
    for (let turn = 0; turn < 8 + index; turn += 1) {
      const time = at('2026-02-10 10:00') + turn * 5 * DAY + index * 3600;
      mirror.turn(chat, time, { input: 1000, output: 200, rating: turn % 2 === 0 ? 1 : -1 });
      const message = mirror.message(chat, time + 60);
      mirror.uses(message, 'file', 'attached', `file-${SECRETS.files[turn % 2] ?? ''}`);
      mirror.uses(message, 'knowledge', 'attached', `base-${SECRETS.bases[turn % 2] ?? ''}`);
    }
  });
  mirror.price('gpt-4o', { input: 3, output: 9 });
  mirror.run('UPDATE chats SET tags = ?', [JSON.stringify(SECRETS.chatTags)]);
  billMarch(mirror, [instance]);
  const tagged = new CostScopeMirror(mirror, 'subscriptions/two');
  for (const tag of ['', ...SECRETS.costTags, 'true']) {
    tagged.charge(5, {
      tag,
      resource: `/subscriptions/two/accounts/fas of ${SECRETS.names[0]}`,
      shares: [{ cost: 5, instance, model: `helper of ${SECRETS.emails[0]}` }],
    });
  }
  return mirror;
}
