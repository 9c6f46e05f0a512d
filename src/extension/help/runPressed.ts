import type { NoticeAction } from './notices';

/** Shows a message with buttons and runs the one that is pressed. @param show as VS Code's messages: resolves with the label */
export async function runPressed(
  text: string,
  actions: readonly NoticeAction[],
  show: (text: string, ...labels: string[]) => Thenable<string | undefined>,
): Promise<void> {
  const choice = await show(text, ...actions.map(({ label }) => label));
  await actions.find(({ label }) => label === choice)?.run();
}
