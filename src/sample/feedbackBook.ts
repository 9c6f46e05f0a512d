import type { MessageAnnotation, SampleChat, SampleFeedback, SampleMessage } from './model';
import type { WorldContext } from './worldContext';

/** Ratings as rows of their own; they outlive the chat and the account. */
export class FeedbackBook {
  readonly #world: WorldContext;
  readonly #rows = new Map<string, SampleFeedback>();

  constructor(world: WorldContext) {
    this.#world = world;
  }

  all(): SampleFeedback[] {
    return [...this.#rows.values()];
  }

  /** Writes a rating down; a second one of the same message changes the first. */
  note(chat: SampleChat, message: SampleMessage, annotation: MessageAnnotation): SampleFeedback {
    const now = this.#world.now();
    const known = message.feedbackId === undefined ? undefined : this.#rows.get(message.feedbackId);
    if (known !== undefined) {
      known.annotation = annotation;
      known.updatedAt = now;
      return known;
    }
    const feedback: SampleFeedback = {
      id: this.#world.newId(),
      userId: chat.userId,
      chatId: chat.id,
      messageId: message.id,
      modelId: message.model ?? '',
      arena: message['arena'] === true,
      annotation,
      createdAt: now,
      updatedAt: now,
    };
    this.#rows.set(feedback.id, feedback);
    return feedback;
  }
}
