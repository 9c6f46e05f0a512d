import { chatKinds, simple } from './chatKinds';
import { changeFeedback } from './feedback';
import { changeGroups } from './groups';
import { isObject, objectOf, requiredText, type JsonObject } from './json';
import {
  addChat,
  addKnowledgeBase,
  addModel,
  addUser,
  idOf,
  modelForm,
  readChat,
  upload,
  type Account,
  type World,
} from './seed';

/** Everything that happens between two syncs: owners work, an administrator tidies up. */
export async function change(world: World): Promise<void> {
  await changeChats(world);
  await changeArrangement(world);
  await changeFeedback(world);
  await changeGroups(world);
  await changePeople(world);
  await changeLibrary(world);
  await changeModels(world);
}

/** A little more, to see that all is read again after something was closed. */
export async function changeOnceMore({ members: { ann, bob }, chats }: World): Promise<void> {
  await save(ann, idOf(chats, 'k04'), addTurn);
  await bob.api.delete(`/api/v1/chats/${idOf(chats, 'b01')}`);
  await addChat(bob, simple('n02 after all', 1)(nowSeconds()));
}

async function changeChats({ members: { ann, bob }, chats }: World): Promise<void> {
  await editFirstMessage(ann, idOf(chats, 'k00'), 'An edited question');
  await save(ann, idOf(chats, 'k01'), addTurn);
  await ann.api.post(`/api/v1/chats/${idOf(chats, 'k02')}`, { chat: { title: 'k02 renamed' } });
  await save(ann, idOf(chats, 'k03'), rateLastAnswer);
  await ann.api.delete(`/api/v1/chats/${idOf(chats, 'k06')}`);
  await addChat(ann, simple('n00 new', 2)(nowSeconds()));
  const template = chatKinds.get('k17 arena');
  if (template !== undefined) {
    await addChat(bob, { ...template(nowSeconds() - 600), title: 'n01 new arena' });
  }
  await deleteLastMessage(bob, idOf(chats, 'b01'));
}

async function changeArrangement({ members: { ann }, chats, folders }: World): Promise<void> {
  const of = (key: string): string => `/api/v1/chats/${idOf(chats, key)}`;
  await ann.api.post(`${of('k04')}/pin`);
  await ann.api.post(`${of('k12')}/pin`);
  await ann.api.post(`${of('k05')}/archive`);
  await ann.api.post(`${of('k11')}/archive`);
  await ann.api.post(`${of('k14')}/folder`, { folder_id: null });
  await ann.api.post(`${of('k08')}/folder`, { folder_id: folders[1] });
  await ann.api.post(`${of('k10')}/tags`, { name: 'later' });
  await ann.api.delete(`${of('k15')}/tags`, { name: 'travel' });
}

async function changePeople({ admin, members, chats }: World): Promise<void> {
  await admin.api.delete(`/api/v1/users/${members.cem.id}`);
  await admin.api.post(`/api/v1/users/${members.dot.id}/update`, {
    name: 'Dot Renamed',
    email: 'dot.renamed@example.org',
    role: 'admin',
    profile_image_url: '/user.png',
  });
  await admin.api.delete(`/api/v1/chats/${idOf(chats, 'd01')}`);
  const fay = await addUser(admin, 'Fay is new', 'fay');
  await addChat(fay, simple('f00 first', 2)(nowSeconds() - 3600));
}

async function changeLibrary({ admin, files, knowledgeBases }: World): Promise<void> {
  const [first, second, third] = knowledgeBases;
  const form = { name: 'Base 0 renamed', description: 'Another description', access_control: null };
  await admin.api.post(`/api/v1/knowledge/${String(first)}/update`, form);
  await removeFile(admin, String(second), String(files[2]), String(files[3]));
  const joined = await upload(admin, 'joined.txt', 'text/plain');
  await admin.api.post(`/api/v1/knowledge/${String(second)}/file/add`, { file_id: joined });
  await admin.api.delete(`/api/v1/knowledge/${String(third)}/delete`);
  const added = await upload(admin, 'new.md', 'text/markdown');
  await addKnowledgeBase(admin, 'Base of new', [added]);
  await admin.api.delete(`/api/v1/files/${String(files[4])}`);
}

async function removeFile(admin: Account, baseId: string, fileId: string, keptId: string): Promise<void> {
  const base = `/api/v1/knowledge/${baseId}`;
  await admin.api.firstKnown(
    () => admin.api.post(`${base}/file/remove`, { file_id: fileId }),
    // 0.5 stumbles over a base whose files were never embedded.
    () =>
      admin.api.post(`${base}/update`, {
        name: 'Base 1',
        description: 'One file',
        data: { file_ids: [keptId] },
      }),
  );
}

async function changeModels({ admin }: World): Promise<void> {
  const renamed = modelForm({ id: 'travel-helper', base_model_id: 'mixtral-q', name: 'Travel helper 2' });
  await admin.api.firstKnown(
    () => admin.api.post('/api/v1/models/model/update', renamed),
    () => admin.api.post('/api/v1/models/model/update?id=travel-helper', renamed),
  );
  await admin.api.post('/api/v1/models/model/toggle?id=team%2Flegal-bot');
  await admin.api.firstKnown(
    () => admin.api.post('/api/v1/models/model/delete', { id: 'old-helper' }),
    () => admin.api.delete('/api/v1/models/model/delete?id=old-helper'),
  );
  await addModel(admin, { id: 'new-helper', base_model_id: 'gpt-x-mini', name: 'New helper' });
}

/** Saves a chat as the web client does: read, change, send the whole of it. */
async function save(account: Account, chatId: string, edit: (chat: JsonObject) => void): Promise<void> {
  const chat = await readChat(account, chatId);
  edit(chat);
  await account.api.post(`/api/v1/chats/${chatId}`, { chat });
}

async function editFirstMessage(account: Account, chatId: string, content: string): Promise<void> {
  const [first] = Object.keys(messagesOf(await readChat(account, chatId)));
  await account.api.firstKnown(
    () => account.api.post(`/api/v1/chats/${chatId}/messages/${String(first)}`, { content }),
    () =>
      save(account, chatId, (chat) => Object.assign(objectOf(messagesOf(chat)[String(first)]), { content })),
  );
}

function addTurn(chat: JsonObject): void {
  const addition = simple(`more of ${String(chat['title'])}`, 1)(nowSeconds() - 60);
  const [question, answer] = Object.values(messagesOf(addition)).filter(isObject);
  const history = objectOf(chat['history']);
  const last = objectOf(messagesOf(chat)[String(history['currentId'])]);
  if (question === undefined || answer === undefined) {
    throw new Error('A turn has two messages');
  }
  question['parentId'] = last['id'];
  last['childrenIds'] = [question['id']];
  Object.assign(messagesOf(chat), Object.fromEntries([question, answer].map((m) => [m['id'], m])));
  history['currentId'] = answer['id'];
}

function rateLastAnswer(chat: JsonObject): void {
  const answer = objectOf(Object.values(messagesOf(chat)).filter(isObject).at(-1));
  answer['annotation'] = { rating: 1, reason: 'accurate', comment: '', tags: [], details: { rating: 8 } };
}

async function deleteLastMessage(account: Account, chatId: string): Promise<void> {
  const history = objectOf((await readChat(account, chatId))['history']);
  const id = requiredText(history, 'currentId');
  await account.api.firstKnown(
    () => account.api.delete(`/api/v1/chats/${chatId}/messages/${id}`),
    () => save(account, chatId, (chat) => dropMessage(chat, id)),
  );
}

function dropMessage(chat: JsonObject, id: string): void {
  const history = objectOf(chat['history']);
  const messages = messagesOf(chat);
  const parentId = objectOf(messages[id])['parentId'];
  history['messages'] = Object.fromEntries(Object.entries(messages).filter(([key]) => key !== id));
  objectOf(messages[String(parentId)])['childrenIds'] = [];
  history['currentId'] = parentId;
}

function messagesOf(chat: JsonObject): JsonObject {
  return objectOf(objectOf(chat['history'])['messages']);
}

function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
