import { cloneBody } from '../../../../../src/sample/messageTree';
import { newText, onChat, onUser, type Changes } from './action';
import {
  addDetails,
  addTurn,
  answerOf,
  finishAnswer,
  MODELS,
  onAnswer,
  onMessage,
  startAnswer,
} from './messages';

/** What owners do to their chats, and what happens to chats without them. */
export const CHATS: Changes = {
  newChat: [
    6,
    onUser(({ world }, { id }, random) => {
      const chat = world.chats.add(id, { title: newText('Chat', random), models: [random.pick(MODELS)] });
      for (let turns = random.integer(0, 2); turns > 0; turns -= 1) {
        addTurn(world.chats, chat, random);
      }
    }),
  ],
  importChat: [
    1,
    onUser(({ world }, { id }, random) => {
      const chat = world.chats.add(id, {
        title: newText('Import', random),
        body: { kind: 'flat', messages: [] },
      });
      addTurn(world.chats, chat, random);
    }),
  ],
  cloneChat: [
    1,
    onChat(({ world }, { userId, title, body }) => {
      world.chats.add(userId, { title: `Clone of ${title}`, body: cloneBody(body) });
    }),
  ],
  manyChats: [
    1,
    onUser(({ world }, { id }, random) => {
      for (let left = random.integer(22, 70); left > 0; left -= 1) {
        world.chats.add(id, { title: newText('One of many', random) });
      }
    }),
  ],
  newTurn: [8, onChat(({ world }, chat, random) => addTurn(world.chats, chat, random))],
  startAnswer: [2, startAnswer],
  finishAnswer: [3, finishAnswer],
  editMessage: [
    3,
    onMessage(({ world }, chat, message, random) => {
      world.chats.editMessage(chat.id, message.id, { content: newText('Edited', random) });
    }),
  ],
  addDetails: [2, addDetails],
  deleteMessage: [3, onMessage(({ world }, chat, message) => world.chats.deleteMessage(chat.id, message.id))],
  regenerate: [
    3,
    onAnswer(({ world }, chat, answer, random) => {
      if (answer.parentId !== null && chat.body.kind === 'tree') {
        world.chats.regenerate(chat.id, answer.id, answerOf(random));
      }
    }),
  ],
  rate: [
    3,
    onAnswer(({ world }, chat, answer, random) => {
      world.chats.rate(chat.id, answer.id, random.chance(0.5) ? 1 : -1, {
        comment: newText('Because', random),
      });
    }),
  ],
  rename: [
    3,
    onChat(({ world }, { id }, random) => {
      world.chats.rename(id, newText('Renamed', random), random.chance(0.3) ? 'autoTitle' : 'title');
    }),
  ],
  archive: [2, onChat(({ world }, { id, archived }) => world.chats.setArchived(id, !archived))],
  pin: [2, onChat(({ world }, { id, pinned }) => world.chats.setPinned(id, !pinned))],
  move: [
    2,
    onChat(({ world }, { id, userId, folderId }, random) => {
      const folder = folderId === null ? world.users.addFolder(userId, newText('Folder', random)).id : null;
      world.chats.moveToFolder(id, folder);
    }),
  ],
  tag: [2, onChat(({ world }, { id }, random) => world.chats.setTags(id, [newText('tag', random)]))],
  share: [
    2,
    onChat(({ world }, { id, shareId }) => {
      if (shareId === null) {
        world.chats.share(id);
      } else {
        world.chats.unshare(id);
      }
    }),
  ],
  deleteChat: [4, onChat(({ world }, { id }) => world.chats.remove(id))],
  adminDeletesChat: [
    2,
    onChat(({ memory, world }, { id }) => {
      memory.noteDeletionByOthers(id);
      world.chats.remove(id, 'admin');
    }),
  ],
  deleteAllChats: [
    1,
    onUser(({ world }, { id }) => {
      world.chats.of(id).forEach((chat) => world.chats.remove(chat.id));
    }),
  ],
  damageChat: [1, onChat(({ world }, { id }) => world.chats.damage(id))],
  mendChat: [
    1,
    ({ world }) => {
      const damaged = world.chats.all().find(({ unreadable }) => unreadable);
      if (damaged !== undefined) {
        damaged.unreadable = false;
      }
    },
  ],
};
