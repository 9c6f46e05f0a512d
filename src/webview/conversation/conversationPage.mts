import * as l10n from '@vscode/l10n';
import type { Conversation, MessageContent } from '../../store/search/conversationTypes';
import { markFinder, type MarkFinder } from '../../store/search/findMarks';
import { element } from '../shared/dom.mjs';
import { Branches } from './branches';
import { MessageView } from './messageView.mjs';
import type { ConversationState, ToExtension } from './protocol';
import { sumWords } from './words';
import { countOf } from '../../language/numbers';

/** Messages that are drawn at once; the rest follows without holding the page up. */
const AT_ONCE = 100;

type Ready = Extract<ConversationState, { readonly phase: 'ready' }>;

/** The page of one conversation: its facts, and the messages of one branch of its tree. */
export class ConversationPage {
  readonly #root: HTMLElement;
  readonly #post: (message: ToExtension) => void;
  #shown: BranchView | undefined;

  constructor(root: HTMLElement, post: (message: ToExtension) => void) {
    this.#root = root;
    this.#post = post;
    this.show({ phase: 'loading' });
  }

  show(state: ConversationState): void {
    this.#shown?.dispose();
    this.#shown = undefined;
    if (state.phase === 'ready') {
      this.#shown = new BranchView(this.#root, state, this.#post);
    } else {
      this.#root.replaceChildren(...this.#words(state));
    }
  }

  /** Shows a text that came later. */
  putContent(messageId: number, content: MessageContent): void {
    this.#shown?.putContent(messageId, content);
  }

  #words(state: Exclude<ConversationState, Ready>): readonly HTMLElement[] {
    if (state.phase === 'loading') {
      return [
        element('p', { className: 'notice', text: l10n.t('Loading…'), attributes: { role: 'status' } }),
      ];
    }
    const again = element('button', { text: l10n.t('Try Again'), attributes: { type: 'button' } });
    again.addEventListener('click', () => this.#post({ type: 'retry' }));
    return [
      element('p', {
        className: state.phase === 'failed' ? 'notice error' : 'notice',
        text: state.message,
        attributes: { role: 'alert' },
      }),
      again,
    ];
  }
}

/** The branch that is shown, and the way to others. */
class BranchView {
  readonly #conversation: Conversation;
  readonly #branches: Branches;
  readonly #post: (message: ToExtension) => void;
  readonly #find: MarkFinder | undefined;
  readonly #list = element('main', { className: 'messages' });
  readonly #branchFacts = element('p', { className: 'facts', attributes: { role: 'status' } });
  /** Texts that came later than the conversation. */
  readonly #contents = new Map<number, MessageContent>();
  readonly #visible: IntersectionObserver;
  #views: MessageView[] = [];
  #timer: number | undefined;

  constructor(
    root: HTMLElement,
    { conversation, needles, foundId }: Ready,
    post: (message: ToExtension) => void,
  ) {
    this.#conversation = conversation;
    this.#branches = new Branches(conversation);
    this.#post = post;
    this.#find = markFinder(needles);
    // A text that the extension left out is asked for when its message comes near.
    this.#visible = new IntersectionObserver((entries) => this.#load(entries), { rootMargin: '600px' });
    root.replaceChildren(this.#head(), this.#list);
    if (foundId !== undefined) {
      this.#branches.show(foundId);
    }
    this.#draw(0, foundId);
  }

  putContent(messageId: number, content: MessageContent): void {
    this.#contents.set(messageId, content);
    this.#views.find(({ id }) => id === messageId)?.setContent(content);
  }

  dispose(): void {
    window.clearTimeout(this.#timer);
    this.#visible.disconnect();
  }

  #head(): HTMLElement {
    const { title, messages, isDeleted, isArchived, isPinned, ...facts } = this.#conversation;
    const row = (name: string, value: string | undefined): readonly HTMLElement[] =>
      value === undefined || value === ''
        ? []
        : [element('dt', { text: name }), element('dd', { text: value })];
    const states = [
      isDeleted ? l10n.t('deleted on the server') : '',
      isArchived ? l10n.t('archived') : '',
      isPinned ? l10n.t('pinned') : '',
    ].filter((word) => word !== '');
    return element(
      'header',
      { className: 'head' },
      element('h1', { text: title ?? l10n.t('Untitled Chat') }),
      element(
        'dl',
        {},
        ...row(l10n.t('Instance'), facts.instance),
        ...row(l10n.t('User'), facts.owner),
        ...row(l10n.t('Created'), facts.created),
        ...row(l10n.t('Changed'), facts.updated),
        ...row(
          l10n.t('Models'),
          facts.models.map(({ id, messages: count }) => `${id} (${countOf(count, 'message')})`).join(', '),
        ),
        ...row(l10n.t('Tags'), facts.tags.join(', ')),
        ...row(l10n.t('State'), states.join(', ')),
        ...row(l10n.t('In All'), sumWords(messages)),
      ),
      this.#branchFacts,
    );
  }

  /**
   * Draws the branch from a place on; what stands before stays.
   * @param targetId is brought into view once it is drawn
   */
  #draw(from: number, targetId: number | undefined): void {
    window.clearTimeout(this.#timer);
    for (const { element: drawn } of this.#views.splice(from)) {
      this.#visible.unobserve(drawn);
      drawn.remove();
    }
    const path = this.#branches.path();
    const isPart = path.length < this.#conversation.messages.length;
    this.#branchFacts.textContent = isPart
      ? l10n.t('This branch: {0}', sumWords(path.map(({ message }) => message)))
      : '';
    const target = path.findIndex(({ message }) => message.id === targetId);
    const drawMore = (): void => {
      const start = this.#views.length;
      // Up to the target in one go, so that the page never jumps.
      const added = path
        .slice(start, Math.max(start + AT_ONCE, target + 1))
        .map((shown) => this.#view(shown));
      this.#views.push(...added);
      this.#list.append(...added.map((view) => view.element));
      if (start <= target) {
        this.#views[target]?.reveal();
      }
      if (this.#views.length < path.length) {
        this.#timer = window.setTimeout(drawMore);
      }
    };
    drawMore();
  }

  #view(shown: ReturnType<Branches['path']>[number]): MessageView {
    const view = new MessageView(shown, this.#find, {
      showVersion: (messageId) => this.#showVersion(shown.siblingIds, shown.message.id, messageId),
      loadContent: (messageId, isWhole) => this.#post({ type: 'content', messageId, isWhole }),
      openText: (messageId) => this.#post({ type: 'openText', messageId }),
    });
    const content = this.#contents.get(view.id);
    if (content !== undefined) {
      view.setContent(content);
    }
    if (view.isWaiting) {
      this.#visible.observe(view.element);
    }
    return view;
  }

  #showVersion(siblingIds: readonly number[], shownId: number, messageId: number): void {
    const index = this.#views.findIndex(({ id }) => id === shownId);
    this.#branches.show(messageId);
    this.#draw(index, undefined);
    this.#views[index]?.focusVersion(siblingIds.indexOf(messageId) > siblingIds.indexOf(shownId));
  }

  #load(entries: readonly IntersectionObserverEntry[]): void {
    for (const { isIntersecting, target } of entries) {
      const view = isIntersecting ? this.#views.find((item) => item.element === target) : undefined;
      if (view !== undefined) {
        this.#visible.unobserve(target);
        this.#post({ type: 'content', messageId: view.id, isWhole: false });
      }
    }
  }
}
