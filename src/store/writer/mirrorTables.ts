import type { DeletableStream } from '../mirrorFacts';
import type { PrivacyRules } from '../instances/privacy';
import type { ChatDecoder } from '../records';
import { ChatTable } from './chats';
import { FeedbackTable } from './feedback';
import { GroupTable } from './groups';
import { LibraryTables } from './library';
import type { RunContext, Session } from './session';
import { UserTable } from './users';

/** The tables that mirror a server, and what is done to several of them at once. */
export class MirrorTables {
  readonly users: UserTable;
  readonly chats: ChatTable;
  readonly groups: GroupTable;
  readonly feedback: FeedbackTable;
  readonly library: LibraryTables;

  constructor(session: Session, decodeChat: ChatDecoder) {
    this.users = new UserTable(session);
    this.chats = new ChatTable(session, this.users, decodeChat);
    this.groups = new GroupTable(session);
    this.feedback = new FeedbackTable(session, this.users);
    this.library = new LibraryTables(session, this.users);
  }

  /** A user takes his chats, their messages and his memberships along. @returns the rows of the stream itself. */
  markDeleted(run: RunContext, stream: DeletableStream, remoteIds: readonly string[]): number {
    switch (stream) {
      case 'users': {
        const marked = this.users.markDeleted(run, remoteIds);
        for (const remoteId of marked) {
          this.chats.markDeletedOf(run, remoteId);
        }
        this.groups.leaveAll(run, marked);
        return marked.length;
      }
      case 'chats':
        return this.chats.markDeleted(run, remoteIds);
      case 'groups':
        return this.groups.markDeleted(run, remoteIds);
      case 'feedback':
        return this.feedback.markDeleted(run, remoteIds);
      default:
        return this.library.markDeleted(run, stream, remoteIds);
    }
  }

  /** Makes the hashes of an instance's rows those of what they hold, after columns were emptied. */
  rehash(instanceId: number, rules: PrivacyRules): void {
    for (const table of [this.users, this.chats, this.groups, this.feedback, this.library]) {
      table.rehash(instanceId, rules);
    }
  }
}
