import type { SampleVersion } from '../../../src/sample/versions';
import { DEFAULT_NOW, SampleWorld } from '../../../src/sample/world';

/** A world with an administrator, and a clock that the test sets. */
export function emptyWorld(version: SampleVersion = '0.12.4'): { world: SampleWorld; time: { now: number } } {
  const time = { now: DEFAULT_NOW };
  const world = new SampleWorld({ version, clock: () => time.now });
  world.users.add({
    name: 'Ada Admin',
    email: 'admin@example.org',
    role: 'admin',
    password: 'dummy-password',
  });
  return { world, time };
}

/** A world with at least one of everything that a call can list. */
export function fullWorld(version: SampleVersion): SampleWorld {
  const { world } = emptyWorld(version);
  const user = world.users.add({ name: 'User 001', email: 'user001@example.org', apiKey: 'sk-user' });
  world.users.addGroup('Finance', [user.id]);
  world.users.addFolder(world.users.admin().id, 'Own folder');
  world.library.addProviderModel('gpt-x');
  world.library.addProviderModel('llama-y:8b');
  world.library.addModel({ id: 'gpt-x', name: 'Helper', tags: ['team'] });
  world.library.addModel({ id: 'team/legal-bot', baseModelId: 'gpt-x', tags: ['team'] });
  const file = world.library.addFile({ filename: 'handbook.txt' });
  world.library.addKnowledge({ name: 'Base', fileIds: [file.id] });
  const chat = world.chats.add(user.id, { title: 'Trip', models: ['gpt-x'] });
  const usage = {
    prompt_tokens: 10,
    completion_tokens: 5,
    total_tokens: 15,
    prompt_tokens_details: { cached_tokens: 2 },
    completion_tokens_details: { reasoning_tokens: 1 },
  };
  const { answers } = world.chats.addTurn(chat.id, { answers: [{ model: 'gpt-x', usage }] });
  world.chats.addTurn(chat.id);
  world.chats.rate(chat.id, answers[0]?.id ?? '', 1, { tags: ['travel'] });
  return world;
}
