export { createNodes, name } from './create-nodes.ts';
export { listProjects } from './list-projects.ts';
