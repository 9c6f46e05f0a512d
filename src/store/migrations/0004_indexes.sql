-- Schema 4. What reports count of answers, by model and day, and which chats have messages in a period: from an index alone.

CREATE INDEX message_answers ON message (
  model_id, day, instance_id, user_id, is_copy, input_tokens, output_tokens, rating, is_error, is_done, created_at_epoch
) WHERE role = 'assistant';

DROP INDEX message_by_chat;
CREATE INDEX message_by_chat ON message (chat_id, day, instance_id);
