import tseslint from 'typescript-eslint';

/** A zone's files and what they must not import: the arrows of ARCHITECTURE.md. */
const zones = [
  {
    files: ['src/language/**'],
    forbidden: ['vscode', '**/store/**', '**/sync/**', '**/reports/**', '**/extension/**', '**/cli/**'],
  },
  {
    files: ['src/store/**'],
    forbidden: [
      'vscode',
      '**/sync/**',
      '**/reports/**',
      '**/extension/**',
      '**/cli/**',
      '**/demo/**',
      'ofetch',
    ],
  },
  {
    files: ['src/sync/**'],
    forbidden: ['vscode', 'sql.js', '**/reports/**', '**/extension/**', '**/cli/**', '**/demo/**'],
  },
  {
    files: ['src/reports/**'],
    forbidden: ['vscode', 'ofetch', '**/sync/**', '**/extension/**', '**/cli/**', '**/demo/**'],
  },
  {
    files: ['src/warehouse/**'],
    forbidden: [
      'vscode',
      'ofetch',
      '**/sync/**',
      '**/extension/**',
      '**/cli/**',
      '**/webview/**',
      '**/demo/**',
    ],
  },
  {
    files: ['src/exports/**'],
    forbidden: ['vscode', 'ofetch', '**/sync/**', '**/extension/**', '**/cli/**', '**/demo/**'],
  },
  {
    files: ['src/webview/**'],
    forbidden: ['vscode', 'node:*', 'sql.js', '**/sync/**', '**/extension/**', '**/cli/**'],
  },
  {
    files: ['src/assistant/**'],
    forbidden: ['vscode', 'sql.js', 'ofetch', '**/extension/**', '**/cli/**', '**/webview/**', '**/demo/**'],
  },
  {
    files: ['src/serve/**', 'src/mcp/**'],
    forbidden: ['vscode', 'sql.js', 'ofetch', '**/extension/**', '**/cli/**', '**/webview/**', '**/demo/**'],
  },
  {
    files: ['src/headless/**'],
    forbidden: ['vscode', '**/reports/**', '**/extension/**', '**/cli/**', '**/demo/**', '**/sample/**'],
  },
  { files: ['src/cli/**'], forbidden: ['vscode', '**/extension/**', '**/webview/**', '**/demo/**'] },
  {
    files: ['src/demo/**'],
    forbidden: ['vscode', 'sql.js', '**/reports/**', '**/extension/**', '**/cli/**', '**/webview/**'],
  },
  {
    files: ['src/sample/**'],
    forbidden: [
      'vscode',
      '**/sync/**',
      '**/store/**',
      '**/reports/**',
      '**/extension/**',
      '**/cli/**',
      '**/demo/**',
    ],
  },
  {
    files: ['src/extension/**'],
    forbidden: ['sql.js', 'vega', 'vega-lite', 'vega-embed', '**/cli/**', '**/sample/**'],
  },
];

export default tseslint.config(
  { ignores: ['dist/**', 'out/**', 'output/**', 'node_modules/**', '.vscode-test/**'] },
  {
    files: ['**/*.ts', '**/*.mts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      curly: 'error',
      eqeqeq: 'error',
      'no-console': 'error',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  ...zones.map(({ files, forbidden }) => ({
    files,
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: forbidden, message: 'See the arrows in ARCHITECTURE.md.' }] },
      ],
    },
  })),
  {
    files: ['src/webview/**'],
    ignores: ['src/webview/shared/toolbar.mts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: [
                'vscode',
                'node:*',
                'sql.js',
                '**/sync/**',
                '**/extension/**',
                '**/cli/**',
                '@vscode/webview-ui-toolkit',
              ],
              message: 'See the arrows in ARCHITECTURE.md; the toolkit stays behind its adapter.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['src/cli/**', 'bench/**', 'test/e2e/**', 'test/contract/**', 'test/soak/**'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['test/**'],
    rules: {
      '@typescript-eslint/no-floating-promises': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: { ecmaVersion: 2023, sourceType: 'module' },
    rules: { curly: 'error', eqeqeq: 'error' },
  },
);
