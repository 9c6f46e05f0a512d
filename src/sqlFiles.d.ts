/** `.sql` files are bundled as text. */
declare module '*.sql' {
  const sql: string;
  // eslint-disable-next-line no-restricted-exports -- the bundler's text loader has no other export
  export default sql;
}
