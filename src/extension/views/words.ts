export * from '../../sync/words';
