import { chatKinds, simple } from './chatKinds';
import { addFeedback } from './feedback';
import { addGroups } from './groups';
import { isObject, requiredText, type JsonObject } from './json';
import { ServerApi } from './serverApi';

const password = 'contract-Test-1';
const day = 86_400;

export interface Account {
  readonly id: string;
  readonly email: string;
  readonly api: ServerApi;
}

export type Member = 'ann' | 'bob' | 'cem' | 'dot';

/** What was put into the server, by the names that `change.ts` uses. */
export interface World {
  readonly admin: Account;
  /** The administrator's API key, as a user of the product would enter it. */
  readonly apiKey: string;
  readonly members: Readonly<Record<Member, Account>>;
  /** Group ids. */
  readonly groups: readonly string[];
  /** Chat ids by the first word of the title, such as `k00`. */
  readonly chats: ReadonlyMap<string, string>;
  readonly folders: readonly string[];
  /** Ids of ratings. */
  readonly feedback: readonly string[];
  readonly files: readonly string[];
  readonly knowledgeBases: readonly string[];
}

/** Fills an empty server through its own API. The first account to sign up becomes the administrator. */
export async function seed(url: string): Promise<World> {
  const admin = await signUpAdmin(url);
  const apiKey = requiredText(await admin.api.post('/api/v1/auths/api_key'), 'api_key');
  const members = {
    ann: await addUser(admin, 'Ann Ä. 🦊', 'ann'),
    bob: await addUser(admin, "Bob O'Neil", 'bob'),
    cem: await addUser(admin, 'Cem', 'cem'),
    dot: await addUser(admin, 'Dot', 'dot'),
  };
  await addUser(admin, 'Eve (not yet let in)', 'eve', 'pending');
  const groups = await addGroups(admin, members);
  const { files, knowledgeBases } = await addLibrary(admin, members.bob);
  await addModels(admin);
  const chats = new Map<string, string>();
  const folders = await addChats(members, admin, chats);
  const feedback = await addFeedback(members, chats);
  return { admin, apiKey, members, groups, chats, folders, feedback, files, knowledgeBases };
}

async function signUpAdmin(url: string): Promise<Account> {
  const email = 'admin@example.org';
  const answer = await new ServerApi(url).post('/api/v1/auths/signup', {
    name: 'Ada Admin',
    email,
    password,
  });
  return { id: requiredText(answer, 'id'), email, api: new ServerApi(url, requiredText(answer, 'token')) };
}

export async function addUser(admin: Account, name: string, login: string, role = 'user'): Promise<Account> {
  const email = `${login}@example.org`;
  const answer = await admin.api.post('/api/v1/auths/add', { name, email, password, role });
  return {
    id: requiredText(answer, 'id'),
    email,
    api: new ServerApi(admin.api.url, requiredText(answer, 'token')),
  };
}

async function addLibrary(admin: Account, member: Account): Promise<Pick<World, 'files' | 'knowledgeBases'>> {
  const files: string[] = [];
  for (const n of [0, 1, 2, 3]) {
    files.push(await upload(admin, `handbook-${n}-ü.txt`, 'text/plain'));
  }
  files.push(await upload(member, 'numbers.csv', 'text/csv'));
  const knowledgeBases: string[] = [];
  for (const n of [0, 1, 2]) {
    const content = n === 2 ? [] : files.slice(2 * n, 2 * n + 2);
    knowledgeBases.push(await addKnowledgeBase(admin, `Base ${n} 📚`, content));
  }
  return { files, knowledgeBases };
}

export async function upload(account: Account, name: string, type: string): Promise<string> {
  const form = new FormData();
  form.append('file', new Blob([`${name}\n`.repeat(40)], { type }), name);
  // In the foreground: a file that is still being processed cannot join a knowledge base.
  const answer = await account.api.post('/api/v1/files/?process=true&process_in_background=false', form);
  return requiredText(answer, 'id');
}

export async function addKnowledgeBase(
  admin: Account,
  name: string,
  fileIds: readonly string[],
): Promise<string> {
  const form = { name, description: `About ${name}`, access_control: null };
  const id = requiredText(await admin.api.post('/api/v1/knowledge/create', form), 'id');
  for (const fileId of fileIds) {
    await admin.api.post(`/api/v1/knowledge/${id}/file/add`, { file_id: fileId });
  }
  return id;
}

async function addModels(admin: Account): Promise<void> {
  await addModel(admin, { id: 'travel-helper', base_model_id: 'gpt-x', name: 'Travel helper' });
  await addModel(admin, {
    id: 'team/legal-bot',
    base_model_id: 'llama-y:8b',
    name: 'Legal 🧑‍⚖️',
    is_active: false,
  });
  await addModel(admin, { id: 'old-helper', base_model_id: 'gpt-x', name: 'Old helper' });
  await addModel(admin, { id: 'gpt-x', base_model_id: null, name: 'GPT X (ours)' });
}

export async function addModel(admin: Account, fields: JsonObject): Promise<void> {
  await admin.api.post('/api/v1/models/create', modelForm(fields));
}

export function modelForm(fields: JsonObject): JsonObject {
  // Access is a tree up to 0.7, a list of grants after.
  const defaults = {
    params: { system: 'Be brief.' },
    access_control: null,
    access_grants: [],
    is_active: true,
  };
  return { ...defaults, meta: { description: `About ${String(fields['name'])}` }, ...fields };
}

async function addChats(
  members: World['members'],
  admin: Account,
  chats: Map<string, string>,
): Promise<World['folders']> {
  const { ann, bob, cem, dot } = members;
  const start = Math.floor(Date.now() / 1000) - 40 * day;
  for (const [index, [title, build]] of [...chatKinds].entries()) {
    chats.set(keyOf(title), await addChat(ann, build(start + index * day)));
  }
  const others: readonly (readonly [Account, string])[] = [
    [bob, 'b00 long'],
    [bob, 'b01 shortened'],
    [cem, 'c00 of a leaver'],
    [dot, 'd00 stays'],
    [dot, 'd01 deleted by an admin'],
    [admin, "a00 the admin's own"],
  ];
  for (const [account, title] of others) {
    chats.set(keyOf(title), await addChat(account, simple(title, title === 'b00 long' ? 30 : 3)(start)));
  }
  chats.set('k19', await importChat(ann, simple('k19 imported', 2)(start), start));
  const copy = await ann.api.post(`/api/v1/chats/${idOf(chats, 'k20')}/clone`, { title: 'k21 copy of k20' });
  chats.set('k21', requiredText(copy, 'id'));
  return arrange(ann, chats);
}

/** Archives, pins, shares, tags, and moves chats into folders. */
async function arrange(owner: Account, chats: ReadonlyMap<string, string>): Promise<string[]> {
  const folders: string[] = [];
  for (const name of ['Work', 'Home']) {
    folders.push(requiredText(await owner.api.post('/api/v1/folders/', { name }), 'id'));
  }
  await owner.api.post(`/api/v1/chats/${idOf(chats, 'k11')}/archive`);
  await owner.api.post(`/api/v1/chats/${idOf(chats, 'k12')}/pin`);
  await owner.api.post(`/api/v1/chats/${idOf(chats, 'k13')}/share`);
  await owner.api.post(`/api/v1/chats/${idOf(chats, 'k14')}/folder`, { folder_id: folders[0] });
  for (const name of ['travel', 'Two Words']) {
    await owner.api.post(`/api/v1/chats/${idOf(chats, 'k15')}/tags`, { name });
  }
  return folders;
}

export async function addChat(account: Account, chat: JsonObject): Promise<string> {
  return requiredText(await account.api.post('/api/v1/chats/new', { chat }), 'id');
}

async function importChat(account: Account, chat: JsonObject, createdAt: number): Promise<string> {
  const entry = { chat, meta: { tags: ['imported'] }, created_at: createdAt, updated_at: createdAt + 600 };
  const answer = await account.api.firstKnown(
    () => account.api.post('/api/v1/chats/import', { chats: [entry] }),
    () => account.api.post('/api/v1/chats/import', entry),
  );
  return requiredText(Array.isArray(answer) ? answer[0] : answer, 'id');
}

/** @throws Error for a chat that was never seeded. */
export function idOf(chats: ReadonlyMap<string, string>, key: string): string {
  const id = chats.get(key);
  if (id === undefined) {
    throw new Error(`No chat ${key} was seeded`);
  }
  return id;
}

function keyOf(title: string): string {
  return title.slice(0, 3);
}

/** The stored JSON of an account's own chat. */
export async function readChat(account: Account, chatId: string): Promise<JsonObject> {
  const answer = await account.api.get(`/api/v1/chats/${chatId}`);
  if (!isObject(answer) || !isObject(answer['chat'])) {
    throw new Error(`Chat ${chatId} came without content`);
  }
  return answer['chat'];
}
