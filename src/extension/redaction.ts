export * from '../sync/redaction';
