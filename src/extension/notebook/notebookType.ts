/** Id of our notebooks in the manifest, and of their renderer and kernel. */
export const NOTEBOOK_TYPE = 'openwebui-sql-notebook';
export const RENDERER_ID = 'openwebui-sql-result';
export const KERNEL_ID = 'openwebui-sql-kernel';
