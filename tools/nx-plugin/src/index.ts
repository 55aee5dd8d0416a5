export { createNodes, name } from './create-nodes.ts';
