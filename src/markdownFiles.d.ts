/** `.md` files are bundled as text. */
declare module '*.md' {
  const markdown: string;
  // eslint-disable-next-line no-restricted-exports -- the bundler's text loader has no other export
  export default markdown;
}
