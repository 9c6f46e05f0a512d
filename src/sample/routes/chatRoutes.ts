import { DETAIL, failure, json, serverError, type Reply } from '../http/replies';
import type { Route, SignedInRequest } from '../http/routing';
import type { SampleChat } from '../model';
import { chatEnvelope, chatItem, folderRow, sharedEnvelope } from '../views/chatViews';
import { integerParam, pageOf, sortedBy, withPage } from './paging';

const CHAT_PAGE = 60;
const OLD_DEFAULT_LIMIT = 50;

/** Chat lists and chats. */
export const CHAT_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/chats/list/user/:id',
    access: 'admin',
    answer: (request) =>
      request.gates.adminChatAccess
        ? listChats(request, request.params['id'] ?? '')
        : failure(401, DETAIL.prohibited),
  },
  { method: 'GET', path: '/api/v1/chats/all/db', access: 'admin', answer: exportChats },
  { method: 'GET', path: '/api/v1/chats/share/:id', access: 'person', answer: readShared },
  { method: 'GET', path: '/api/v1/chats/', access: 'person', answer: listOwn },
  { method: 'GET', path: '/api/v1/chats/list', access: 'person', answer: listOwn },
  { method: 'GET', path: '/api/v1/chats/:id', access: 'person', answer: readChat },
  {
    method: 'GET',
    path: '/api/v1/folders/',
    access: 'person',
    answer: ({ world, dialect, caller }) =>
      json(world.users.foldersOf(caller.user.id).map((folder) => folderRow(dialect, folder))),
  },
];

const ORDER: Readonly<Record<string, (chat: SampleChat) => string | number>> = {
  id: (chat) => chat.id,
  title: (chat) => chat.title,
  created_at: (chat) => chat.createdAt,
  updated_at: (chat) => chat.updatedAt,
};

function listOwn(request: SignedInRequest): Reply {
  return listChats(request, request.caller.user.id);
}

function listChats(request: SignedInRequest, userId: string): Reply {
  const { dialect, query } = request;
  const listed = listedChats(request, userId);
  if (dialect.chatListPaging === 'skip-limit') {
    return sliceBySkip(request, newestFirst(listed));
  }
  const orderBy = query.get('order_by');
  const order = ORDER[orderBy ?? 'updated_at'];
  if (order === undefined) {
    return serverError();
  }
  const wanted = query.get('query')?.toLowerCase() ?? '';
  const found = listed.filter((chat) => chat.title.toLowerCase().includes(wanted));
  const direction = query.get('direction');
  const isUnordered = orderBy !== null && direction === null && dialect.chatListLosesOrder;
  const sorted =
    orderBy === null ? newestFirst(found) : isUnordered ? found : sortedBy(found, order, direction !== 'asc');
  return withPage(query, (page) =>
    json(pageOf(sorted, page, CHAT_PAGE).map((chat) => chatItem(dialect, chat))),
  );
}

function listedChats({ world, dialect }: SignedInRequest, userId: string): SampleChat[] {
  const chats = world.chats.of(userId);
  return dialect.hidesInternalChats ? chats.filter((chat) => !chat.internal) : chats;
}

/** By `updated_at`; equal ones by id, so that pages never overlap. */
function newestFirst(chats: readonly SampleChat[]): SampleChat[] {
  return chats.toSorted(
    (left, right) =>
      right.updatedAt - left.updatedAt || (left.id < right.id ? -1 : left.id > right.id ? 1 : 0),
  );
}

function sliceBySkip({ query, dialect }: SignedInRequest, chats: readonly SampleChat[]): Reply {
  const skip = integerParam(query, 'skip', 0);
  const limit = integerParam(query, 'limit', OLD_DEFAULT_LIMIT);
  if (typeof skip !== 'number') {
    return skip;
  }
  return typeof limit === 'number'
    ? json(chats.slice(skip, skip + limit).map((chat) => chatItem(dialect, chat)))
    : limit;
}

/** Administrators read any chat here, and frozen copies; everybody else, and with the gate off, copies only. */
function readShared(request: SignedInRequest): Reply {
  const { world, dialect, gates, caller, params } = request;
  const id = params['id'] ?? '';
  const isOpen = caller.user.role === 'admin' && gates.adminChatAccess;
  const chat = isOpen ? world.chats.find(id) : undefined;
  if (chat !== undefined) {
    return chatReply(request, chat);
  }
  const copy = world.chats.findShared(id);
  return copy === undefined
    ? failure(401, DETAIL.notFound)
    : json(sharedEnvelope(world, dialect, copy, caller.user.id));
}

function readChat(request: SignedInRequest): Reply {
  const { world, dialect, gates, caller, params } = request;
  const chat = world.chats.find(params['id'] ?? '');
  const readsAny = caller.user.role === 'admin' && dialect.readsAnyChatById && gates.adminChatAccess;
  const mayRead = chat !== undefined && (readsAny || chat.userId === caller.user.id);
  return mayRead ? chatReply(request, chat) : failure(401, DETAIL.notFound);
}

function chatReply({ world, dialect, caller }: SignedInRequest, chat: SampleChat): Reply {
  return chat.unreadable ? serverError() : json(chatEnvelope(world, dialect, chat, caller.user.id));
}

function exportChats({ world, dialect, gates }: SignedInRequest): Reply {
  if (!gates.adminExport) {
    return failure(401, DETAIL.prohibited);
  }
  const chats = world.chats.all().filter((chat) => !(dialect.hidesInternalChats && chat.internal));
  if (chats.some((chat) => chat.unreadable)) {
    return serverError();
  }
  const copies = dialect.exportsSharedCopies ? world.chats.sharedCopies() : [];
  return json([
    ...copies.map((copy) => sharedEnvelope(world, dialect, copy, copy.chat.userId)),
    ...newestFirst(chats).map((chat) => chatEnvelope(world, dialect, chat, chat.userId)),
  ]);
}
