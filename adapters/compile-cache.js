import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// Kept with the installed packages, so that a new installation begins without. It is JavaScript so that `node --import` can take it
// before the first TypeScript: Node then need not load what strips types.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/licence-desk/code', import.meta.url)));
