import * as vscode from 'vscode';

/** Language of our query documents, and of nothing else: no other extension's keys or buttons meet ours. */
export const QUERY_LANGUAGE = 'openwebui-sql';

// The first line becomes the tab's title.
const TEMPLATE = `-- Messages per user of the first instance
-- Run with Ctrl+Enter (Cmd+Enter): the statement under the cursor, or the selection, on a read-only copy.
-- Tables: instances, users, chats, chat_models, messages, models, knowledge_bases, files, sync_runs

SELECT u.name, COUNT(m.id) as message_count FROM users u JOIN chats c ON u.id = c.user_id JOIN messages m ON c.id = m.chat_id
WHERE u.instance_id = 1 AND u.is_deleted = 0 GROUP BY u.id ORDER BY message_count DESC LIMIT 10;
`;

/** Opens an untitled query document with an example that runs as it stands; the cursor waits in the example. */
export async function openNewQuery(): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language: QUERY_LANGUAGE, content: TEMPLATE });
  const editor = await vscode.window.showTextDocument(document);
  const start = document.positionAt(TEMPLATE.indexOf('SELECT'));
  editor.selection = new vscode.Selection(start, start);
}
