-- Schema 4. Reports read what they count of answers, and what they count of users chat by chat, from an index alone.

CREATE INDEX message_answers ON message (
  instance_id, model_id, day, user_id, is_copy, input_tokens, output_tokens, rating, is_error, is_done, created_at_epoch
) WHERE role = 'assistant';

DROP INDEX message_by_chat;
CREATE INDEX message_by_chat ON message (chat_id, day, instance_id, role, is_copy, input_tokens, output_tokens);
