import { backUp } from './backup';
import { answeringModel, siblingsOf } from './messageTree';
import type { MessageAnnotation, SampleChat, SampleFeedback, SampleMessage } from './model';
import type { WorldContext } from './worldContext';

/** Ratings as rows of their own; they outlive the chat and the account. */
export class FeedbackBook {
  readonly #world: WorldContext;
  readonly #rows = new Map<string, SampleFeedback>();

  constructor(world: WorldContext) {
    this.#world = world;
  }

  /** Keeps a copy of everything. @returns puts it back */
  backUp(): () => void {
    return backUp([this.#rows]);
  }

  clear(): void {
    this.#rows.clear();
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
      modelId: answeringModel(message),
      askedModelId: message.model ?? '',
      siblingModelIds: siblingsOf(chat.body, message).map(answeringModel).filter(Boolean),
      arena: message['arena'] === true,
      annotation,
      createdAt: now,
      updatedAt: now,
    };
    this.#rows.set(feedback.id, feedback);
    return feedback;
  }
}

/** A rating as a client writes it into the message; what is not said gets a plain value. */
export function annotationOf(rating: 1 | -1, details: Partial<MessageAnnotation>): MessageAnnotation {
  return {
    rating,
    reason: rating > 0 ? 'accurate_information' : 'not_factually_correct',
    comment: '',
    tags: [],
    details: { rating: rating > 0 ? 9 : 2 },
    ...details,
  };
}
